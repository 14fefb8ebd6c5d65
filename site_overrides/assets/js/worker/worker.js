// Runs Python for one page: downloads and checks the runtime, starts it, then answers requests one by one.
// The last part of the worker; the parts before it define what it uses. The build joins them into one file, named by its
// content (generator/bundles.py), so that parts of two builds never meet. It is started as a module worker, since
// Pyodide refuses classic ones, and imports nothing. The messages are described in messages.js.

(() => {
  'use strict';

  const { Failure, fail, within, download, downloadAll, unzip, startPyodide, makeSnapshot, snapshots } = globalThis.Vademecum;
  const { PROTOCOL, MANIFEST_SCHEMA, START_LIMIT } = globalThis.Vademecum.messages;

  // What a snapshot makes needless, and the part of the time limit after which it is no gain any more.
  const IN_SNAPSHOT = ['library', 'engine'];
  const RESTORE_PART = 2 / 3;

  /** @type {((request: string) => string) | null} calculators.bridge.handle once Python runs */
  let handle = null;

  self.addEventListener('message', ({ data }) => {
    if (data.type === 'start') inTurn(data).catch((error) => fail(error.code ?? 'start', error));
    else if (data.type === 'request') answer(data.request);
  });

  /** Two tabs that keep a snapshot at once would each delete what the other has half written. */
  function inTurn(message) {
    if (message.road !== 'keep' || !navigator.locks) return start(message);
    return navigator.locks.request('vademecum-snapshot', () => start(message));
  }

  function answer(request) {
    try {
      // As text: the page parses it once, where an object would be parsed here, packed and unpacked.
      self.postMessage({ type: 'reply', reply: handle(JSON.stringify(request)) });
    } catch (error) {
      // The bridge never raises, so this is Pyodide itself at its end: out of memory, or out of stack.
      fail('worker', error);
    }
  }

  /** A request of the worker's own, and its reply. */
  function ask(request) {
    return JSON.parse(handle(JSON.stringify(request)));
  }

  /** From nothing to `ready`, as a list of steps. */
  async function start(message) {
    const { protocol, manifest: source, payloads, startLimit = START_LIMIT, road } = message;
    if (protocol !== PROTOCOL) throw new Failure('outdated', `page speaks protocol ${protocol}, worker ${PROTOCOL}`);
    if (typeof WebAssembly !== 'object') throw new Failure('no-wasm', 'no WebAssembly');
    if (typeof DecompressionStream !== 'function') throw new Failure('old-browser', 'no DecompressionStream');

    const begun = performance.now();
    const place = await snapshots.place(message);
    if (road === 'again') await forget(place);
    if (road === 'keep' && !(place && (await snapshots.wanted(place)))) return told('kept', { bytes: 0, milliseconds: 0 });
    const [manifest, kept] = await Promise.all([
      download(source).then((bytes) => parse('damaged', bytes)),
      road === 'quick' && place ? snapshots.find(place) : null,
    ]);
    if (manifest.schema !== MANIFEST_SCHEMA) throw new Failure('outdated', `manifest of schema ${manifest.schema}`);
    const listed = kept ? manifest.files.filter(({ role }) => !IN_SNAPSHOT.includes(role)) : manifest.files;
    const files = downloadAll(listed, source.url);
    const texts = Promise.all((kept ? [] : payloads).map(text));
    // Python starts with what has come; whatever does not come is the reason that the reader hears.
    const engine = kept ? [] : files.engine.then(unpacked);
    const python = kept ? restore(manifest, files, kept) : startPyodide(manifest, files, { engine, takes: road === 'keep' });
    const all = [...Object.values(files), texts];
    for (const promise of [...all, engine, python]) Promise.resolve(promise).catch(() => {});
    await Promise.all(all);
    told('starting');
    const downloaded = performance.now();
    let pyodide;
    try {
      pyodide = await within(startLimit * (kept ? RESTORE_PART : 1), python);
    } catch (error) {
      if (!kept) throw error;
      return told('again', { detail: String(error) });
    }
    if (road === 'keep') {
      const { bytes, samples } = await makeSnapshot(pyodide, await files.library, await engine, await texts);
      const size = await snapshots.keep(place, bytes, samples, message.cold);
      return told('kept', { bytes: size, milliseconds: performance.now() - begun });
    }
    const started = performance.now();
    handle = pyodide.pyimport('calculators.bridge').handle;
    for (const payload of await texts) {
      const reply = ask({ id: 0, op: 'load', payload });
      if (!reply.ok) throw new Failure('payload', reply.error.message);
    }
    const { result } = ask({ id: 0, op: 'about' });
    const ended = performance.now();
    const phases = { download: downloaded - begun, python: started - downloaded, engine: ended - started };
    told('ready', { ...result, phases, road: kept ? 'snapshot' : 'cold', files: listed });
    if (kept) await snapshots.judge(place, kept.note, ended - downloaded).catch((error) => console.info(String(error)));
  }

  const told = (type, more) => self.postMessage({ type, ...more });

  /** Python from a snapshot that is whole, and that answers its worked cases as it did when it was taken. */
  async function restore(manifest, files, { note, snapshot, whole }) {
    const pyodide = await startPyodide(manifest, files, { snapshot });
    const restored = pyodide.pyimport('calculators.bridge').handle;
    for (const { request, reply } of note.samples) {
      if (restored(request) !== reply) throw new Failure('start', `the snapshot answers ${request} in another way`);
    }
    await whole;
    return pyodide;
  }

  /**
   * The engine's modules as bytecode, each in the place of its source. Not what names it a package: a snapshot cannot hold
   * that one is installed.
   */
  const unpacked = async ({ bytes }) => {
    const compiled = /^(.*\/)__pycache__\/([^/.]+)\.[^/]*\.pyc$/;
    return (await unzip(bytes, (name) => compiled.test(name))).map(([name, data]) => [name.replace(compiled, '$1$2.pyc'), data]);
  };

  const text = async (payload) => new TextDecoder().decode(await download(payload));

  /** Best effort: where storage is refused there is nothing to forget. */
  async function forget(place) {
    try {
      if (place) await snapshots.drop(place);
    } catch (error) {
      console.info('vademecum: the snapshot cannot be deleted', String(error));
    }
  }

  function parse(code, bytes) {
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw new Failure(code, error);
    }
  }
})();

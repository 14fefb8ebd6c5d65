// A part of the worker: Python's memory, engine and payloads in it, kept on the device for the next visit.
// Defines snapshots and makeSnapshot on `Vademecum`. Nothing here may stop a reader: who has no snapshot starts cold.

(() => {
  'use strict';

  const { Failure, digest, unpacking, unzip } = globalThis.Vademecum;
  const { PROTOCOL, SNAPSHOT_CACHE, SNAPSHOT_PAYS } = globalThis.Vademecum.messages;

  // Bytes; a memory of WebAssembly is a multiple of it.
  const PAGE = 0x4000;

  /**
   * What is written beside a snapshot, as JSON.
   * @typedef {object} Note
   * @property {number} size of what is kept in bytes
   * @property {string} sha256 of what is kept
   * @property {number} header bytes of Pyodide's own header, which come first
   * @property {number} memory bytes of Python's memory
   * @property {[number, number][]} parts [where in that memory, how many bytes], one after the other behind the header
   * @property {{request: string, reply: string}[]} samples worked cases, and what was answered before it was taken
   * @property {number} cold milliseconds that this device took to start without it, downloads not counted
   * @property {'untried' | 'pays' | 'declined'} verdict `declined`: this device starts as fast without; nothing is kept
   */

  /**
   * Where the snapshot of exactly these files lies, or null where none can be kept: without https, in a file, or in
   * a browser that refuses storage. The manifest's hash stands for wasm, scripts, library and engine; the name of the
   * worker's script, which is its content's, for how the snapshot is made.
   */
  async function place({ manifest, payloads }) {
    try {
      await caches.open(SNAPSHOT_CACHE);
      const script = self.location.pathname.split('/').pop();
      const parts = [PROTOCOL, script, manifest.sha256, payloads.map(({ guideline, sha256 }) => [guideline, sha256])];
      const key = await digest(new TextEncoder().encode(JSON.stringify(parts)));
      return new URL(`snapshot/${key}`, manifest.url).href;
    } catch {
      return null;
    }
  }

  /** The note at a place, or null. */
  async function read(url) {
    const cache = await caches.open(SNAPSHOT_CACHE);
    return (await (await cache.match(`${url}.json`))?.json()) ?? null;
  }

  const write = async (url, note) =>
    (await caches.open(SNAPSHOT_CACHE)).put(`${url}.json`, new Response(JSON.stringify(note)));

  /**
   * What is kept at a place, or null. `snapshot` is rejected when the bytes are not as many as were written; `whole` when
   * they have another hash, which is found out beside the start, and before anything is answered.
   * @returns {Promise<{note: Note, snapshot: Promise<Snapshot>, whole: Promise<void>} | null>}
   */
  async function find(url) {
    try {
      const cache = await caches.open(SNAPSHOT_CACHE);
      const [note, body] = await Promise.all([read(url), cache.match(url)]);
      if (note?.verdict === 'declined' || !(note || body)) return null;
      if (!note || !body) throw new Failure('start', 'one half of it is missing');
      const bytes = body.arrayBuffer().then((found) => {
        if (found.byteLength !== note.size) throw new Failure('start', `${found.byteLength} of ${note.size} bytes`);
        return new Uint8Array(found);
      });
      const whole = bytes.then(async (found) => {
        if ((await digest(found)) !== note.sha256) throw new Failure('start', 'the snapshot has another hash');
      });
      const snapshot = bytes.then((found) => laidOut(found, note));
      // Whoever needs them waits for them later; until then a rejection is nobody's error.
      for (const promise of [snapshot, whole]) promise.catch(() => {});
      return { note, snapshot, whole };
    } catch (error) {
      console.info('vademecum: no snapshot can be read', String(error));
      await drop(url).catch(() => {});
      return null;
    }
  }

  /**
   * A snapshot as Pyodide wants its header, and what of the memory is not zero with its place.
   * @typedef {{header: Uint8Array, memory: number, parts: [number, Uint8Array][]}} Snapshot
   * @returns {Snapshot}
   */
  function laidOut(bytes, { header, memory, parts }) {
    let from = header;
    const placed = parts.map(([at, size]) => [at, bytes.subarray(from, (from += size))]);
    return { header: bytes.subarray(0, header), memory, parts: placed };
  }

  /** What of a snapshot is worth keeping: half of the pages of Python's memory are empty, and need not be read again. */
  function squeezed(bytes) {
    const header = new Uint32Array(bytes.buffer, bytes.byteOffset, 2)[1];
    const memory = bytes.subarray(header);
    const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
    const parts = [];
    for (let at = 0; at < memory.length; at += PAGE) {
      if (words.subarray(at / 4, (at + PAGE) / 4).every((word) => word === 0)) continue;
      const last = parts.at(-1);
      if (last && last[0] + last[1] === at) last[1] += PAGE;
      else parts.push([at, PAGE]);
    }
    const kept = new Uint8Array(parts.reduce((sum, [, size]) => sum + size, header));
    kept.set(bytes.subarray(0, header));
    let to = header;
    for (const [at, size] of parts) {
      kept.set(memory.subarray(at, at + size), to);
      to += size;
    }
    return { kept, layout: { header, memory: memory.length, parts } };
  }

  /** Keep a snapshot, and no other of this site; rejects when the device has no room or refuses. Gives the bytes kept. */
  async function keep(url, snapshot, samples, cold) {
    await drop(url);
    const { kept, layout } = squeezed(snapshot);
    const note = { size: kept.length, sha256: await digest(kept), ...layout, samples, cold, verdict: 'untried' };
    try {
      await (await caches.open(SNAPSHOT_CACHE)).put(url, new Response(kept));
      // Last, so that a note never speaks of bytes that are not there.
      await write(url, note);
      return kept.length;
    } catch (error) {
      await drop(url);
      throw error;
    }
  }

  /** Forget every snapshot of this site; other sites of the same host keep theirs. */
  async function drop(url) {
    const cache = await caches.open(SNAPSHOT_CACHE);
    const folder = new URL('.', url).href;
    const own = (await cache.keys()).filter((request) => request.url.startsWith(folder));
    await Promise.all(own.map((request) => cache.delete(request)));
  }

  /**
   * After its first use: is it worth its place on this device? Measured rather than known by the browser's name.
   * Neither time counts downloads: those of a return may come from the cache or not.
   */
  async function judge(url, note, milliseconds) {
    if (note.verdict !== 'untried') return;
    const verdict = milliseconds <= SNAPSHOT_PAYS * note.cold ? 'pays' : 'declined';
    if (verdict === 'declined') await drop(url);
    await write(url, { ...note, verdict });
    console.info('vademecum: snapshot', verdict, { milliseconds, cold: note.cold });
  }

  /** Whether one should be made: there is none, and this device has not declined. */
  const wanted = async (url) => (await read(url)) === null;

  /** One worked case of each payload, as the requests that ask for them. */
  function samplesOf(texts) {
    return texts.map((text) => {
      const { guideline, calculators = [], pathways = [] } = JSON.parse(text);
      const named = { id: 0, guideline: guideline.id };
      const table = calculators.find(({ cases }) => cases?.length);
      if (table) return { ...named, op: 'calculate', calculator: table.id, inputs: table.cases[0].inputs };
      const path = pathways.find(({ cases }) => cases?.length);
      return path ? { ...named, op: 'walk', pathway: path.id, answers: path.cases[0].answers } : { id: 0, op: 'about' };
    });
  }

  // Files do not survive in a snapshot, so whatever may be imported later is imported now. Python must not hold an
  // object of JavaScript's when it is taken: what it needs comes in a file, what it says goes as a text.
  const PREPARE = `
def prepare():
    from importlib import import_module
    from json import dumps, load, loads
    with open('/tmp/vademecum.json', encoding='utf-8') as file:
        job = load(file)
    for name in job['modules']:
        try:
            import_module(name)
        except ImportError:
            pass  # what cannot be imported here could not be later either
    from calculators.bridge import handle
    for text in job['texts']:
        reply = loads(handle(dumps({'id': 0, 'op': 'load', 'payload': text})))
        if not reply['ok']:
            raise ValueError(reply['error']['message'])
    return dumps([handle(request) for request in job['requests']])
prepare()
`;

  /** Load everything into a Python that was started with `_makeSnapshot`, and take its memory. */
  async function makeSnapshot(pyodide, library, engine, texts) {
    const plain = library.packed ? await new Response(unpacking(library.bytes, 'gzip')).arrayBuffer() : library.bytes;
    const names = [...(await unzip(new Uint8Array(plain))), ...engine].map(([name]) => name);
    const modules = names
      .filter((name) => /^[^.]+\.pyc?$/.test(name))
      .map((name) => name.replace(/\.pyc?$/, '').replaceAll('/', '.').replace(/\.__init__$/, ''));
    const requests = samplesOf(texts).map((request) => JSON.stringify(request));
    pyodide.FS.writeFile('/tmp/vademecum.json', JSON.stringify({ modules, texts, requests }));
    const replies = JSON.parse(pyodide.runPython(PREPARE));
    pyodide.runPython('del prepare');
    const samples = requests.map((request, number) => ({ request, reply: replies[number] }));
    return { bytes: pyodide.makeMemorySnapshot(), samples };
  }

  Object.assign(globalThis.Vademecum, { makeSnapshot, snapshots: { place, find, keep, drop, judge, wanted } });
})();

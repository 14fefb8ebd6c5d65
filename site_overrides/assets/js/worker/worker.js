// Runs Python for one page: downloads and checks the runtime, starts it, then answers requests one by one.
// The last part of the worker; the parts before it define what it uses. The build joins them into one file, named by its
// content (generator/bundles.py), so that parts of two builds never meet. It is started as a module worker, since
// Pyodide refuses classic ones, and imports nothing. The messages are described in messages.js.

(() => {
  'use strict';

  const { Failure, fail, within, download, downloadAll, unzip, startPyodide } = globalThis.Vademecum;
  const { PROTOCOL, MANIFEST_SCHEMA, START_LIMIT } = globalThis.Vademecum.messages;

  /** @type {((request: string) => string) | null} calculators.bridge.handle once Python runs */
  let handle = null;

  self.addEventListener('message', ({ data }) => {
    if (data.type === 'start') start(data).catch((error) => fail(error.code ?? 'start', error));
    else if (data.type === 'request') answer(data.request);
  });

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
  async function start({ protocol, manifest: source, payloads, startLimit = START_LIMIT }) {
    if (protocol !== PROTOCOL) throw new Failure('outdated', `page speaks protocol ${protocol}, worker ${PROTOCOL}`);
    if (typeof WebAssembly !== 'object') throw new Failure('no-wasm', 'no WebAssembly');
    if (typeof DecompressionStream !== 'function') throw new Failure('old-browser', 'no DecompressionStream');

    const begun = performance.now();
    const manifest = parse('damaged', await download(source));
    if (manifest.schema !== MANIFEST_SCHEMA) throw new Failure('outdated', `manifest of schema ${manifest.schema}`);
    const [files, texts] = await Promise.all([
      downloadAll(manifest, source.url),
      Promise.all(payloads.map((payload) => download(payload).then((bytes) => new TextDecoder().decode(bytes)))),
    ]);

    self.postMessage({ type: 'starting' });
    const downloaded = performance.now();
    const engine = await unzip(files.engine.bytes);
    const pyodide = await within(startLimit, startPyodide(manifest, files, engine));
    const started = performance.now();

    handle = pyodide.pyimport('calculators.bridge').handle;
    for (const payload of texts) {
      const reply = ask({ id: 0, op: 'load', payload });
      if (!reply.ok) throw new Failure('payload', reply.error.message);
    }
    const { result } = ask({ id: 0, op: 'about' });
    const phases = { download: downloaded - begun, python: started - downloaded, engine: performance.now() - started };
    self.postMessage({ type: 'ready', python: result.python, engine: result.engine, phases });
  }

  function parse(code, bytes) {
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw new Failure(code, error);
    }
  }
})();

// A part of the worker: starts Pyodide from files that have been downloaded and checked.
// Defines startPyodide on `Vademecum`.

(() => {
  'use strict';

  const { unpacking } = globalThis.Vademecum;

  // All that is needed of the library after a snapshot, which holds its modules: the end record of a zip.
  const EMPTY_ZIP = Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array(18).fill(0));

  /**
   * Start Pyodide from the downloaded files, from a snapshot, or so that a snapshot can be taken; each file is waited
   * for where it is needed, so the scripts are read while the rest is still on its way.
   * The two scripts are imported by their URLs, just fetched and checked, so the browser's cache answers (where they are
   * carried, from their bytes); everything else comes from memory. Nothing is asked of any other host: every base URL
   * that Pyodide could use is our own.
   */
  async function startPyodide(manifest, files, { engine = [], snapshot, takes = false }) {
    // Beside the reading of the scripts. The type is what lets the browser compile while it unpacks; no server's settings matter.
    const compiled = files.wasm.then((file) => WebAssembly.compileStreaming(response(file, 'application/wasm')));
    compiled.catch(() => {}); // Pyodide hears of it
    const [loader, glue] = await Promise.all([files.loader, files.glue]);
    const base = new URL('.', loader.url).href;
    const stdLibURL = `${base}python_stdlib.zip`;
    const restore = answerFromMemory(compiled, {
      [`${base}pyodide.asm.wasm`]: async () => new Response(),
      [stdLibURL]: async () => response((await files.library) ?? { bytes: EMPTY_ZIP }, 'application/zip'),
    });
    try {
      const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
        import(importable(loader)),
        import(importable(glue)),
      ]);
      return await loadPyodide({
        indexURL: base,
        packageBaseUrl: base,
        stdLibURL,
        // No package in it: a snapshot does not hold which packages are loaded.
        lockFileContents: { info: manifest.lock.info, packages: {} },
        createPyodideModule: snapshot ? restored(createPyodideModule, snapshot) : createPyodideModule,
        _loadSnapshot: snapshot?.then(({ header }) => header),
        _makeSnapshot: takes,
        // The engine lies there as plain files before Python looks, so nothing has to be installed afterwards.
        fsInit: async (FS, { sitePackages }) => write(FS, sitePackages, await engine),
      });
    } finally {
      restore();
    }
  }

  /** Python's memory as it was: that of a snapshot is larger than that with which Python starts. */
  const restored = (createPyodideModule, snapshot) => async (settings) => {
    const module = await createPyodideModule(settings);
    const { memory, parts } = await snapshot;
    const before = module.HEAP8.length;
    module.growMemory(memory);
    let end = 0;
    for (const [at, bytes] of [...parts, [memory, []]]) {
      // What has not been kept was zero; what has just been added is.
      if (end < before) module.HEAP8.fill(0, end, Math.min(at, before));
      module.HEAP8.set(bytes, at);
      end = at + bytes.length;
    }
    return module;
  };

  const importable = ({ url, bytes }) => globalThis.Vademecum.carried?.importable(bytes) ?? url;

  function write(FS, folder, entries) {
    for (const [name, bytes] of entries) {
      const path = `${folder}/${name}`;
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
      FS.writeFile(path, bytes);
    }
  }

  function response({ bytes, packed }, type) {
    return new Response(packed ? unpacking(bytes, 'gzip') : bytes, { headers: { 'content-type': type } });
  }

  /**
   * Let `fetch` answer some URLs from memory, and whoever wants a WebAssembly get the one that is being compiled; gives a
   * function that puts the browser's own back.
   */
  function answerFromMemory(compiled, answers) {
    const { fetch } = self;
    const { instantiateStreaming } = WebAssembly;
    self.fetch = (input, init) => {
      const make = answers[String(input?.url ?? input)];
      return make ? make() : fetch.call(self, input, init);
    };
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      const module = await compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    return () => {
      self.fetch = fetch;
      WebAssembly.instantiateStreaming = instantiateStreaming;
    };
  }

  Object.assign(globalThis.Vademecum, { startPyodide });
})();

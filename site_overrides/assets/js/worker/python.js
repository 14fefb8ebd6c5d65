// A part of the worker: starts Pyodide from files that have been downloaded and checked.
// Defines startPyodide on `Vademecum`.

(() => {
  'use strict';

  const { unpacking } = globalThis.Vademecum;

  /**
   * Start Pyodide from the downloaded files.
   * The two scripts are imported by their URLs, just fetched and checked, so the browser's cache answers; everything
   * else comes from memory. Nothing is asked of any other host: every base URL that Pyodide could use is our own.
   */
  async function startPyodide(manifest, files, engine) {
    const base = new URL('.', files.wasm.url).href;
    const stdLibURL = `${base}python_stdlib.zip`;
    const restore = answerFromMemory({
      // The type is what lets the browser compile while it unpacks; no server's settings matter.
      [`${base}pyodide.asm.wasm`]: () => response(files.wasm, 'application/wasm'),
      [stdLibURL]: () => response(files.library, 'application/zip'),
    });
    try {
      const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
        import(files.loader.url),
        import(files.glue.url),
      ]);
      return await loadPyodide({
        indexURL: base,
        packageBaseUrl: base,
        stdLibURL,
        lockFileContents: manifest.lock,
        createPyodideModule,
        // The engine lies there as plain files before Python looks, so nothing has to be installed afterwards.
        fsInit: (FS, { sitePackages }) => write(FS, sitePackages, engine),
      });
    } finally {
      restore();
    }
  }

  async function write(FS, folder, entries) {
    for (const [name, bytes] of entries) {
      const path = `${folder}/${name}`;
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
      FS.writeFile(path, bytes);
    }
  }

  function response({ bytes, packed }, type) {
    return new Response(packed ? unpacking(bytes, 'gzip') : bytes, { headers: { 'content-type': type } });
  }

  /** Let `fetch` answer some URLs from memory; gives a function that puts the browser's own back. */
  function answerFromMemory(answers) {
    const original = self.fetch;
    self.fetch = (input, init) => {
      const make = answers[String(input?.url ?? input)];
      return make ? Promise.resolve(make()) : original.call(self, input, init);
    };
    return () => {
      self.fetch = original;
    };
  }

  Object.assign(globalThis.Vademecum, { startPyodide });
})();

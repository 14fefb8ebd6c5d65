// Evaluated in a page without calculators: milliseconds from nothing to a bare Pyodide with the same engine.
(urls) =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const worker = new Worker('/bench/bare-worker.js', { type: 'module' });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) =>
      data.ok ? resolve(performance.now() - begun) : reject(new Error('the engine refused the payload'));
    worker.postMessage(urls);
  })

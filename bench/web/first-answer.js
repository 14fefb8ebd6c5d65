// Runs in a page before its own scripts: asks at once, and notes in `window.bench` when what happened, in milliseconds
// since the navigation began. The page is a calculator's page of the site, or bench/web/bare.html.
({ request, engine, payload }) => {
  const found = { road: 'bare' };
  const client = () => globalThis.Vademecum?.pythonClient?.();
  const own = () => {
    client().start({ tapped: true });
    client().onstate((state) => state.name === 'ready' && (found.road = state.road));
    return client().request('calculate', request);
  };
  const bare = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker('/bench/bare-worker.js', { type: 'module' });
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ request, engine, payload });
    });
  document.addEventListener('DOMContentLoaded', async () => {
    const reply = await (client() ? own() : bare());
    if (!reply.ok) throw new Error(reply.error.message);
    found.answer = performance.now();
    found.interactive = performance.getEntriesByType('navigation')[0].domContentLoadedEventStart;
    found.paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? found.interactive;
    window.bench = found;
  });
}

// Starts Pyodide as its own documentation does, with the whole standard library, and loads the same engine and payload.
import { loadPyodide } from '/pyodide/pyodide.mjs';

self.addEventListener('message', async ({ data: { wheel, payload } }) => {
  const pyodide = await loadPyodide({ indexURL: '/pyodide/' });
  const bytes = await (await fetch(wheel)).arrayBuffer();
  pyodide.unpackArchive(bytes, 'wheel');
  const { handle } = pyodide.pyimport('calculators.bridge');
  const text = await (await fetch(payload)).text();
  const reply = JSON.parse(handle(JSON.stringify({ id: 0, op: 'load', payload: text })));
  self.postMessage({ ok: reply.ok });
});

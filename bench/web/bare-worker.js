// Starts Pyodide as its own documentation does, with the whole standard library, loads the same engine as source and
// the same payload, and answers one request.
import { loadPyodide } from '/pyodide/pyodide.mjs';

self.addEventListener('message', async ({ data: { engine, payload, request } }) => {
  const pyodide = await loadPyodide({ indexURL: '/pyodide/' });
  const bytes = await (await fetch(engine)).arrayBuffer();
  pyodide.unpackArchive(bytes, 'zip');
  const { handle } = pyodide.pyimport('calculators.bridge');
  const text = await (await fetch(payload)).text();
  handle(JSON.stringify({ id: 0, op: 'load', payload: text }));
  self.postMessage(JSON.parse(handle(JSON.stringify({ ...request, id: 1, op: 'calculate' }))));
});

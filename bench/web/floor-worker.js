// Python without an engine, in a bare Pyodide: what of a round trip is not the calculation. It is given replies
// beforehand, and a request names one by its number. `empty` gives the text back as it is; `json` reads the request
// and writes the reply with the standard library's encoder.
import { loadPyodide } from '/pyodide/pyodide.mjs';

const PYTHON = `
import json
texts = []
values = []
def give(replies):
    texts[:] = json.loads(replies)
    values[:] = [json.loads(text) for text in texts]
def empty(request):
    return texts[int(request)]
def parsed(request):
    return json.dumps(values[json.loads(request)["number"]])
`;

let python = null;

self.addEventListener('message', async ({ data: { type, replies, request } }) => {
  if (type === 'start') {
    python = (await loadPyodide({ indexURL: '/pyodide/' })).runPython(`${PYTHON}\n{"give": give, "empty": empty, "json": parsed}`);
    python = Object.fromEntries(['give', 'empty', 'json'].map((name) => [name, python.get(name)]));
    python.give(JSON.stringify(replies));
    self.postMessage({ type: 'ready' });
  } else {
    const text = request.kind === 'empty' ? String(request.number) : JSON.stringify(request);
    self.postMessage({ type: 'reply', reply: python[request.kind](text) });
  }
});

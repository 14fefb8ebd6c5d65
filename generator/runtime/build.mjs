// Starts Pyodide under node and lets the Python modules of `inside/` do one step of the build.
//
//   node build.mjs JOB.json
//
// JOB: { step: 'explore' | 'make' | 'answer', pyodide, inside, engine, out?, imports?, requests?, files?, version?,
//        result }: folders and files of the host as absolute paths; `result` is the file to write, which then holds
//        the JSON of the Python function of that name, or { error } in words.
// A step that never ends (Pyodide does not settle when the wasm fails) is ended by the caller's time limit.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const job = JSON.parse(await readFile(process.argv[2], 'utf8'));

try {
  await writeFile(job.result, await run(job));
} catch (error) {
  // Of a Python traceback the line with the exception says what happened; Pyodide may add advice after it. The whole
  // of it goes to stderr.
  console.error(error);
  const lines = String(error?.message ?? error).trim().split('\n').reverse();
  await writeFile(job.result, JSON.stringify({ error: lines.find((line) => /^[\w.]+(Error|Exit)\b/.test(line)) ?? lines[0] }));
}
// Pyodide's event loop may hold the process open.
process.exit(0);

async function run(job) {
  const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, 'pyodide.mjs')));
  const lock = JSON.parse(await readFile(join(job.pyodide, 'pyodide-lock.json'), 'utf8'));
  const pyodide = await loadPyodide({
    indexURL: job.pyodide,
    lockFileContents: { info: lock.info, packages: {} },
    // A fixed seed: the order of a set must not differ between two builds.
    env: { PYTHONHASHSEED: '0' },
    // What Python prints is for a person; standard output is nobody's contract here.
    stdout: (text) => console.error(text),
  });
  const mount = (folder, place) => {
    pyodide.FS.mkdirTree(place);
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, place);
    return place;
  };
  const engine = mount(job.engine, '/host/engine');
  mount(job.inside, '/host/python/inside');
  pyodide.runPython('import sys; sys.path.append("/host/python"); sys.dont_write_bytecode = True');
  const list = (values) => pyodide.toPy(values ?? []);

  if (job.step === 'make') {
    const source = mount(job.pyodide, '/host/pyodide');
    const out = mount(job.out, '/host/out');
    return pyodide.pyimport('inside.make').make(source, engine, out, list(job.files), job.version);
  }
  const explore = pyodide.pyimport('inside.explore');
  if (job.step === 'answer') return explore.answer(engine, list(job.requests));
  const library = pyodide.runPython('next(path for path in sys.path if path.endswith(".zip"))');
  return explore.explore(engine, list(job.imports), list(job.requests), library);
}

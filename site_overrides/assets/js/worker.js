// Runs Python for one page: downloads and checks the runtime, starts it, then answers requests one by one.
// A module worker, since Pyodide refuses classic ones. The messages are described in messages.js.

// Error handlers first: what goes wrong from here on must reach the page as a sentence, not as `[object Event]`.
// (An import is carried out before them whatever its place; messages.js has nothing in it that can fail, and when it
// cannot be loaded the page gets an error event from the worker itself.)
self.addEventListener('error', (event) => fail('worker', event.message));
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  fail('worker', event.reason);
});

import './messages.js';

const { PROTOCOL, MANIFEST_SCHEMA, START_LIMIT, STALL_LIMIT } = globalThis.Vademecum.messages;

/** A reason to give up, by its code in FAILURES. */
class Failure extends Error {
  constructor(code, detail) {
    super(String(detail?.message ?? detail));
    this.code = code;
  }
}

/** @type {((request: string) => string) | null} calculators.bridge.handle once Python runs */
let handle = null;

self.addEventListener('message', ({ data }) => {
  if (data.type === 'start') start(data).catch((error) => fail(error.code ?? 'start', error));
  else if (data.type === 'request') answer(data.request);
});

/** Tell the page that this worker is of no use any more; the page ends it. */
function fail(code, detail) {
  handle = null;
  self.postMessage({ type: 'failed', code, detail: String(detail?.stack ?? detail) });
}

function answer(request) {
  try {
    self.postMessage({ type: 'reply', reply: ask(request) });
  } catch (error) {
    // The bridge never raises, so this is Pyodide itself at its end: out of memory, or out of stack.
    fail('worker', error);
  }
}

/** One request to Python and its reply; throws when there is no Python. */
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

/** Settle as `promise` does, or fail once `limit` milliseconds have passed: a wasm that fails settles nothing. */
function within(limit, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failure('slow', `not started within ${limit} ms`)), limit);
    promise.then(resolve, (error) => reject(new Failure('start', error))).finally(() => clearTimeout(timer));
  });
}

function parse(code, bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Failure(code, error);
  }
}

// --- Downloading ---------------------------------------------------------------------------------------------------

/**
 * Every file of the manifest, checked, by its role; the page hears of the bytes on the way.
 * Scripts travel compressed but arrive here unpacked: their bytes are scaled, so that the sum is what was announced.
 */
async function downloadAll(manifest, base) {
  const received = new Map();
  let told = 0;
  const tell = (file, bytes) => {
    received.set(file.role, Math.min(file.transfer, Math.round((bytes / file.size) * file.transfer)));
    const sum = [...received.values()].reduce((total, part) => total + part, 0);
    // Often enough for a smooth bar, and not once for every packet.
    if (sum !== manifest.transfer && Math.abs(sum - told) < 50_000) return;
    told = sum;
    self.postMessage({ type: 'progress', received: sum, total: manifest.transfer });
  };
  const files = await Promise.all(
    manifest.files.map(async (file) => {
      const url = new URL(file.file, base).href;
      const bytes = await download({ url, sha256: file.sha256, also: file.raw_sha256 }, (count) => tell(file, count));
      tell(file, file.size);
      // Some servers take `.gz` for a transfer encoding and the browser unpacks it: as good, if the hash agrees.
      const packed = file.packed && bytes[0] === 0x1f && bytes[1] === 0x8b;
      return [file.role, { url, bytes, packed }];
    }),
  );
  return Object.fromEntries(files);
}

/**
 * The bytes of one file, never unchecked. What does not agree with its hash is fetched once more past every cache,
 * and then refused.
 */
async function download({ url, sha256, also }, count = () => {}) {
  for (const cache of ['default', 'reload']) {
    const bytes = await read(url, cache, sha256, count);
    // Outside https and localhost a browser has no crypto.subtle; there `read` has had the browser check the hash.
    if (!globalThis.crypto?.subtle) return bytes;
    const found = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    if (found === sha256 || found === also) return bytes;
  }
  throw new Failure('damaged', `${url} does not have the hash ${sha256}`);
}

async function read(url, cache, sha256, count) {
  const stop = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), STALL_LIMIT);
  };
  try {
    alive();
    // `integrity` gives no bytes before the last one has come, so no progress: only where nothing else checks.
    const integrity = globalThis.crypto?.subtle ? {} : { integrity: `sha256-${base64(sha256)}` };
    const response = await fetch(url, { cache, signal: stop.signal, ...integrity });
    if (response.status === 404 || response.status === 410) throw new Failure('missing', `${url}: ${response.status}`);
    if (!response.ok) throw new Failure('network', `${url}: ${response.status}`);
    const parts = [];
    let size = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      parts.push(value);
      size += value.length;
      count(size);
    }
    return join(parts, size);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('network', `${url}: ${error}`);
  } finally {
    clearTimeout(timer);
  }
}

function join(parts, size) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (digits) => btoa(digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));

// --- Unpacking -----------------------------------------------------------------------------------------------------

/** A stream of unpacked bytes; through a Response, since Blob.stream() fails in some workers of WebKit. */
const unpacking = (bytes, format) => new Response(bytes).body.pipeThrough(new DecompressionStream(format));

/** The files of a zip (a wheel is one) as [path, bytes]; stored and deflated entries, no encryption, no zip64. */
async function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Failure('damaged', 'the engine is not a zip file');
  const entries = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const deflated = view.getUint16(at + 10, true) === 8;
    const size = view.getUint32(at + 20, true);
    const nameSize = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize));
    // The local header repeats the name and has an extra field of its own length.
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(from, from + size);
    entries.push([name, deflated ? new Response(unpacking(data, 'deflate-raw')).arrayBuffer() : data]);
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return Promise.all(entries.map(async ([name, data]) => [name, new Uint8Array(await data)]));
}

// --- Python --------------------------------------------------------------------------------------------------------

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

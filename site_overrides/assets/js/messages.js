// The contract between page and worker: every message that crosses the line.
// Constants only, no behaviour.
//
// A page loads classic scripts alone (Chromium runs no module from file://), the worker is a module, and both need
// these constants. So this file is valid as either: it exports nothing and sets one property of a global, and the
// build puts it before the page's scripts and before the worker's parts.

/**
 * A file that the page vouches for.
 * @typedef {object} Source
 * @property {string} url where it is; relative URLs are resolved against the page
 * @property {string} sha256 of its bytes, 64 hexadecimal digits
 * @property {number} size in bytes
 */

/**
 * A file of the runtime, as the manifest has it (RuntimeFile in generator/runtime/manifest.py).
 * @typedef {{role: string, file: string, size: number, sha256: string}} RuntimeFile
 */

/**
 * What a page says about its Python, as JSON in `<script type="application/json" id="vademecum-python">`.
 * @typedef {object} Config
 * @property {string} worker URL of the worker's script
 * @property {Source} manifest the runtime's manifest (RuntimeManifest in generator/runtime/manifest.py)
 * @property {number} bytes what a first visit downloads, for the sentence before the download
 * @property {(Source & {guideline: string})[]} payloads the guidelines' data, loaded before the first answer
 * @property {Record<string, string>} failures the sentence for the reader, by each code of FAILURES; `{seconds}` is START_LIMIT
 * @property {Carried} [carried] where a page opened from a folder has what it cannot fetch; `worker` is then not used
 * @property {number} [startLimit] milliseconds that Python may take to start once everything is downloaded
 * @property {number} [answerLimit] milliseconds that one answer may take
 */

/**
 * How Python is to start. `quick`: from the snapshot, where there is one; `cold`: without; `again`: without, and what is
 * kept has failed and goes; `keep`: not to answer, but to make a snapshot and keep it for the next visit.
 * @typedef {'quick' | 'cold' | 'again' | 'keep'} Road
 */

/**
 * Files that travel in the page or in scripts beside it, since nothing can be fetched from `file://`. Each is known by
 * the sha256 of its unpacked bytes, and travels as base85 of gzip (base85.js).
 * @typedef {object} Carried
 * @property {string} worker which of them is the worker's script
 * @property {Record<string, string>} files by sha256: the URL of a script that hands it over through `Vademecum.carry`,
 *   or '' when it stands in the page as `<script type="text/plain" data-carried="SHA256">`
 */

/**
 * Page to worker.
 * @typedef {object} Start
 * @property {'start'} type always the first message, sent once
 * @property {number} protocol PROTOCOL; pages and workers of two builds must not talk to each other
 * @property {Source} manifest with an absolute URL
 * @property {(Source & {guideline: string})[]} payloads with absolute URLs
 * @property {number} startLimit milliseconds
 * @property {Road} road
 * @property {number} [cold] for `keep`: milliseconds that this device took to start without a snapshot
 * @property {Record<string, string>} [carried] every carried file as base85 of gzip, by the sha256 of its bytes
 *
 * @typedef {object} Ask
 * @property {'request'} type
 * @property {{id: number, op: string}} request goes to calculators.bridge.handle as it is
 */

/**
 * Worker to page.
 * @typedef {object} Progress
 * @property {'progress'} type
 * @property {number} received bytes so far, as the network carries them
 * @property {number} total bytes of all files; `received` reaches it exactly
 *
 * @typedef {object} Starting
 * @property {'starting'} type everything is downloaded and checked
 *
 * @typedef {object} Ready
 * @property {'ready'} type
 * @property {string} python such as "3.14.2"
 * @property {string} engine version of `calculators`
 * @property {'cold' | 'snapshot'} road how it started
 * @property {{download: number, python: number, engine: number}} phases milliseconds
 * @property {RuntimeFile[]} files what was downloaded now and agreed with its hash; the rest is in the snapshot
 *
 * @typedef {object} Again
 * @property {'again'} type the snapshot is of no use; a new worker has to start, by the road `again`
 * @property {string} detail for the console
 *
 * @typedef {object} Kept
 * @property {'kept'} type the end of the road `keep`
 * @property {number} bytes of the snapshot; 0 when none was wanted
 * @property {number} milliseconds from the worker's start
 *
 * @typedef {object} Failed
 * @property {'failed'} type the worker is of no use any more
 * @property {string} code a key of FAILURES
 * @property {string} detail for the console, never for the reader
 *
 * @typedef {object} Reply
 * @property {'reply'} type
 * @property {string} reply what the bridge gave, the JSON text of
 *   `{id: number, ok: true, result: object} | {id: number, ok: false, error: {code: string, message: string}}`:
 *   one shape for success and failure
 */

/**
 * What PythonClient.request resolves to; it never rejects.
 * @typedef {{id: number, ok: true, result: object}
 *   | {id: number, ok: false, error: {code: string, message: string}}
 *   | {superseded: true} | {cancelled: true}} Answer
 */

/**
 * What PythonClient tells its listeners; `message` is a sentence for the reader.
 * @typedef {{name: 'idle'}
 *   | {name: 'waiting', bytes: number}
 *   | {name: 'downloading', received: number, total: number}
 *   | {name: 'starting'}
 *   | {name: 'ready', python: string, engine: string, road: 'cold' | 'snapshot', seconds: number, files: RuntimeFile[],
 *      payloads: Source[]}
 *   | {name: 'failed', code: string, message: string}} State
 */

(() => {
  'use strict';

  const messages = Object.freeze({
    // Changes with any change of the messages above.
    PROTOCOL: 3,
    // The schema of the manifest; generator/runtime/manifest.py has the same number.
    MANIFEST_SCHEMA: 1,
    // The id of the page's configuration.
    CONFIG_ID: 'vademecum-python',
    // A phone of some years ago takes 5 s to start Python; when the wasm fails, Pyodide never settles at all.
    START_LIMIT: 30_000,
    // An answer takes milliseconds; a worker that the system has ended says nothing, so silence must end too.
    ANSWER_LIMIT: 20_000,
    // No byte for so long, and the download counts as cut.
    STALL_LIMIT: 60_000,
    // The name in Cache Storage; it outlives a build, what is in it does not.
    SNAPSHOT_CACHE: 'vademecum-snapshot',
    // A device on which a start from the snapshot takes more than this part of a start without keeps none.
    SNAPSHOT_PAYS: 0.7,
    // Milliseconds for making one, and the gigabytes of a device (navigator.deviceMemory) on which none is made.
    SNAPSHOT_LIMIT: 120_000,
    SNAPSHOT_MEMORY: 2,

    // Why Python can be unavailable; the page's configuration has a sentence for each, in the language of the page.
    FAILURES: Object.freeze([
      'no-wasm', // the browser has no WebAssembly, or forbids it
      'old-browser', // something else that Python needs is not there
      'network', // cut, or no byte for STALL_LIMIT
      'missing', // the site has no such file any more
      'damaged', // another hash than the page vouches for
      'outdated', // page, worker and manifest are not of one build
      'slow', // not started within START_LIMIT
      'start', // any other reason for which Python does not start
      'payload', // the engine does not understand the guideline's data
      'worker', // it ended, was started again, and ended again
    ]),
  });

  globalThis.Vademecum = Object.assign(globalThis.Vademecum ?? {}, { messages });
})();

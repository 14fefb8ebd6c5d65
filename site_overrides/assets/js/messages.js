// The contract between page and worker: every message that crosses the line, and every sentence a reader may see.
// Constants only, no behaviour.
//
// A page loads classic scripts alone (Chromium runs no module from file://), the worker is a module, and both need
// these constants. So this file is valid as either: it exports nothing and sets one property of a global. The page
// loads it with a <script> tag, the worker imports it for that effect, and no bundler is needed.

/**
 * A file that the page vouches for.
 * @typedef {object} Source
 * @property {string} url where it is; relative URLs are resolved against the page
 * @property {string} sha256 of its bytes, 64 hexadecimal digits
 */

/**
 * What a page says about its Python, as JSON in `<script type="application/json" id="vademecum-python">`.
 * @typedef {object} Config
 * @property {string} worker URL of worker.js
 * @property {Source} manifest the runtime's manifest (RuntimeManifest in generator/runtime/manifest.py)
 * @property {number} bytes what a first visit downloads, for the sentence before the download
 * @property {(Source & {guideline: string})[]} payloads the guidelines' data, loaded before the first answer
 * @property {number} [startLimit] milliseconds that Python may take to start once everything is downloaded
 * @property {number} [answerLimit] milliseconds that one answer may take
 */

/**
 * Page to worker.
 * @typedef {object} Start
 * @property {'start'} type always the first message, sent once
 * @property {number} protocol PROTOCOL; pages and workers of two builds must not talk to each other
 * @property {Source} manifest with an absolute URL
 * @property {(Source & {guideline: string})[]} payloads with absolute URLs
 * @property {number} startLimit milliseconds
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
 * @property {{download: number, python: number, engine: number}} phases milliseconds
 *
 * @typedef {object} Failed
 * @property {'failed'} type the worker is of no use any more
 * @property {string} code a key of FAILURES
 * @property {string} detail for the console, never for the reader
 *
 * @typedef {object} Reply
 * @property {'reply'} type
 * @property {{id: number, ok: true, result: object} | {id: number, ok: false, error: {code: string, message: string}}}
 *   reply what the bridge gave: one shape for success and failure
 */

/**
 * What PythonClient.request resolves to; it never rejects.
 * @typedef {{id: number, ok: true, result: object}
 *   | {id: number, ok: false, error: {code: string, message: string}}
 *   | {superseded: true} | {cancelled: true}} Answer
 */

/**
 * What PythonClient tells its listeners; `message` is a sentence for the reader.
 * @typedef {{name: 'idle', message: string}
 *   | {name: 'waiting', bytes: number, message: string}
 *   | {name: 'downloading', received: number, total: number, message: string}
 *   | {name: 'starting', message: string}
 *   | {name: 'ready', python: string, engine: string, seconds: number, message: string}
 *   | {name: 'failed', code: string, message: string}} State
 */

(() => {
  'use strict';

  const TABLES_STAY = '下面的静态表仍然可用。';

  const messages = Object.freeze({
    // Changes with any change of the messages above.
    PROTOCOL: 1,
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

    STATES: Object.freeze({
      idle: '计算器尚未启动。',
      waiting: `网络较慢或已开启省流量模式。计算器需要下载约 {megabytes} MB，点按后开始；${TABLES_STAY}`,
      downloading: '正在下载计算器：{received} / {megabytes} MB。可以先填写，下载完成后自动给出结果。',
      starting: '正在启动计算器……',
      ready: '计算器已就绪，在本机运行，输入的内容不会离开本设备。',
    }),

    FAILURES: Object.freeze({
      'no-wasm': `此浏览器不能运行 WebAssembly，计算器无法启动；${TABLES_STAY}`,
      'old-browser': `此浏览器版本过旧，计算器无法启动，请更新浏览器；${TABLES_STAY}`,
      network: `网络中断，计算器没有下载完整。请检查网络后重试；${TABLES_STAY}`,
      missing: `网站可能刚刚更新，有文件找不到了。请刷新页面后重试；${TABLES_STAY}`,
      damaged: `下载的文件与本站公布的校验值不符，已拒绝使用。请刷新页面后重试；${TABLES_STAY}`,
      outdated: `页面与计算器的版本不一致。请刷新页面后重试；${TABLES_STAY}`,
      slow: `计算器在 {seconds} 秒内没有启动，已停止。请重试；${TABLES_STAY}`,
      start: `计算器启动失败，请重试；${TABLES_STAY}`,
      payload: `计算器读不懂本指南的数据，已停止，以免给出错误的结果；${TABLES_STAY}`,
      worker: `计算器意外停止，重新启动后仍未恢复。请刷新页面；${TABLES_STAY}`,
    }),
  });

  globalThis.Vademecum = Object.assign(globalThis.Vademecum ?? {}, { messages });
})();

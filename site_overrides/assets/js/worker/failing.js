// The first part of the worker: what goes wrong from here on reaches the page as a code, not as `[object Event]`.
// Defines Failure, fail and within on `Vademecum`.

(() => {
  'use strict';

  self.addEventListener('error', (event) => fail('worker', event.message));
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    fail('worker', event.reason);
  });

  /** A reason to give up, by its code in FAILURES. */
  class Failure extends Error {
    constructor(code, detail) {
      super(String(detail?.message ?? detail));
      this.code = code;
    }
  }

  /** Tell the page that this worker is of no use any more; the page ends it. */
  function fail(code, detail) {
    // The stack of Firefox and Safari does not say what went wrong, that of Chromium does.
    const [text, stack] = [String(detail), detail?.stack ?? ''];
    self.postMessage({ type: 'failed', code, detail: stack.includes(text) ? stack : `${text}\n${stack}` });
  }

  /** Settle as `promise` does, or fail once `limit` milliseconds have passed: a wasm that fails settles nothing. */
  function within(limit, promise) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Failure('slow', `not started within ${limit} ms`)), limit);
      promise.then(resolve, (error) => reject(new Failure('start', error))).finally(() => clearTimeout(timer));
    });
  }

  Object.assign(globalThis.Vademecum, { Failure, fail, within });
})();

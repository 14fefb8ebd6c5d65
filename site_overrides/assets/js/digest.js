// SHA-256 as the browser reckons it, for whatever checks files: Python's worker, the service worker, 'keep for offline'.
// Defines digest on `Vademecum`. Only where there is `crypto.subtle`: on https, on this machine, in some files.

(() => {
  'use strict';

  /** The SHA-256 of some bytes, as 64 hexadecimal digits. */
  async function digest(bytes) {
    const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(found, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  globalThis.Vademecum = Object.assign(globalThis.Vademecum ?? {}, { digest });
})();

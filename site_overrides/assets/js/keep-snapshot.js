// After the first answer of a cold start: has a second, clean worker keep a snapshot for the next visit.
// Defines keepSnapshot on `Vademecum`. It is for later, so it waits until the page is idle, and says nothing to the reader.
'use strict';

(() => {
  const { PROTOCOL, SNAPSHOT_LIMIT, SNAPSHOT_MEMORY } = globalThis.Vademecum.messages;

  let done = false;

  /** Whether the device has the memory for a second Python for some seconds, and a place to keep some 20 MB. */
  const canKeep = () =>
    /^https?:$/.test(location.protocol) &&
    globalThis.crypto?.subtle !== undefined &&
    'caches' in globalThis &&
    (navigator.deviceMemory ?? Infinity) > SNAPSHOT_MEMORY;

  /**
   * Have one kept, once a page.
   * @param {Config} config with absolute URLs
   * @param {number} cold milliseconds of the start without one
   */
  function keepSnapshot(config, cold) {
    if (done || !canKeep()) return;
    done = true;
    // Safari has no requestIdleCallback.
    const idle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 1000));
    idle(() => start(config, cold));
  }

  function start({ worker: url, manifest, payloads }, cold) {
    const worker = new Worker(url, { type: 'module', name: 'vademecum-snapshot' });
    const end = (word, detail) => {
      clearTimeout(timer);
      worker.terminate();
      console.info('vademecum: snapshot', word, detail);
    };
    const timer = setTimeout(() => end('given up', `not made within ${SNAPSHOT_LIMIT} ms`), SNAPSHOT_LIMIT);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end('not kept', event.message);
    });
    worker.addEventListener('message', ({ data }) => {
      if (data.type === 'kept') end('kept', data);
      else if (data.type === 'failed') end('not kept', data.detail);
    });
    const message = { type: 'start', protocol: PROTOCOL, manifest, payloads, startLimit: SNAPSHOT_LIMIT };
    worker.postMessage({ ...message, road: 'keep', cold });
  }

  Object.assign(globalThis.Vademecum, { keepSnapshot });
})();

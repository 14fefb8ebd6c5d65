// The page's side of carried files, for pages opened from `file://`, where nothing can be fetched: it collects them and
// makes the worker's address. The worker checks and unpacks them; see `Carried` in messages.js.
// Defines, on `Vademecum`: carry(name, text), which the scripts beside a page call, and unpackCarried(carried).

(() => {
  'use strict';

  const Vademecum = (globalThis.Vademecum ??= {});
  /** @type {Map<string, string>} what scripts have handed over and no worker has taken */
  const handed = new Map();

  const carry = (name, text) => handed.set(name, text);

  /** A reason for which there is no Python, by its code in FAILURES. */
  const failure = (code, detail) => Object.assign(new Error(detail), { code });

  /** The blocks stand at the very end of the page, and the page is used before they have been read. */
  const whole = () =>
    new Promise((resolve) => {
      if (document.readyState !== 'loading') resolve();
      else document.addEventListener('DOMContentLoaded', resolve, { once: true });
    });

  const loaded = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = url;
      script.addEventListener('load', () => resolve(script.remove()));
      script.addEventListener('error', () => reject(failure('missing', `${url} is not there`)));
      document.head.append(script);
    });

  async function take(name, url) {
    if (url) await loaded(url);
    else await whole();
    const text = url ? handed.get(name) : document.querySelector(`script[data-carried="${name}"]`)?.textContent;
    handed.delete(name);
    if (!text) throw failure('missing', `nothing carries ${name}`);
    return text;
  }

  /** A file from its text, if its hash is right. Small files only: this runs where the page is drawn. */
  async function unpack(name, text) {
    const stream = new Response(Vademecum.base85(text)).body.pipeThrough(new DecompressionStream('gzip'));
    const unpacked = new Uint8Array(await new Response(stream).arrayBuffer());
    if (Vademecum.sha256(unpacked) !== name) throw failure('damaged', `the worker does not have the hash ${name}`);
    return new TextDecoder().decode(unpacked);
  }

  /**
   * What a worker needs: its script as an address, and the texts of the other files, still packed.
   * A `blob:` address would not do: Chromium starts no module worker from one when the page is from `file://`.
   * @param {Carried} carried
   * @returns {Promise<{script: string, files: Record<string, string>}>} rejects with an error that has a `code`
   */
  async function unpackCarried({ worker, files }) {
    if (typeof DecompressionStream !== 'function') throw failure('old-browser', 'no DecompressionStream');
    const found = await Promise.all(Object.entries(files).map(async ([name, url]) => [name, await take(name, url)]));
    const texts = Object.fromEntries(found);
    const script = await unpack(worker, texts[worker] ?? '');
    delete texts[worker];
    return { script: `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`, files: texts };
  }

  Object.assign(Vademecum, { carry, unpackCarried });
})();

// A part of the worker: gets files, and gives none away unchecked.
// Defines download and downloadAll on `Vademecum`.

(() => {
  'use strict';

  const { Failure, digest } = globalThis.Vademecum;
  const { STALL_LIMIT } = globalThis.Vademecum.messages;

  /**
   * Promises of these files of the manifest, checked, by their roles; the page hears of the bytes on the way.
   * Scripts travel compressed but arrive here unpacked: their bytes are scaled, so that the sum is what was announced.
   */
  function downloadAll(listed, base) {
    const total = listed.reduce((sum, { transfer }) => sum + transfer, 0);
    const received = new Map();
    let told = 0;
    const tell = (file, bytes) => {
      received.set(file.role, Math.min(file.transfer, Math.round((bytes / file.size) * file.transfer)));
      const sum = [...received.values()].reduce((total, part) => total + part, 0);
      // Often enough for a smooth bar, and not once for every packet.
      if (sum !== total && Math.abs(sum - told) < 50_000) return;
      told = sum;
      self.postMessage({ type: 'progress', received: sum, total });
    };
    const get = async (file) => {
      const url = new URL(file.file, base).href;
      const bytes = await download({ ...file, url, also: file.raw_sha256 }, (count) => tell(file, count));
      tell(file, file.size);
      // Some servers take `.gz` for a transfer encoding and the browser unpacks it: as good, if the hash agrees.
      return { url, bytes, packed: file.packed && bytes[0] === 0x1f && bytes[1] === 0x8b };
    };
    return Object.fromEntries(listed.map((file) => [file.role, get(file)]));
  }

  /**
   * The bytes of one file, never unchecked. What does not agree with its hash is fetched once more past every cache,
   * and then refused; what is too short was cut on the way, even where a browser takes it for the whole. In a page from
   * `file://` nothing is fetched: what it carries is taken instead.
   */
  async function download({ url, sha256, also, size }, count = () => {}) {
    const { carried } = globalThis.Vademecum;
    if (carried) return carried.take(url, [also, sha256]);
    let short = false;
    for (const cache of ['default', 'reload']) {
      const bytes = await read(url, cache, sha256, count);
      // Outside https and localhost a browser has no crypto.subtle; there `read` has had the browser check the hash.
      if (!globalThis.crypto?.subtle) return bytes;
      const found = await digest(bytes);
      if (found === sha256 || found === also) return bytes;
      short = bytes.length < size;
    }
    if (short) throw new Failure('network', `${url} is cut`);
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
      // The service worker has found what is kept on the device to be damaged, and has no better.
      if (response.statusText === 'damaged') throw new Failure('damaged', url);
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

  const base64 = (digits) => btoa(digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));

  Object.assign(globalThis.Vademecum, { download, downloadAll });
})();

// Editions of the site in Cache Storage: fetched file by file, checked against the inventory, used only when whole.
// A part of the service worker and of the control 'keep for offline'. Defines Editions and Trouble on `Vademecum`.
//
// What is kept, below one prefix a site, since all sites of a host share one storage:
//   `… edition <id>`  the files of one edition under their own addresses, its two lists, and `whole`
//   `… state`         one entry, the pointer; to replace it is the only step of an update that a reader can see
//
// A *hold* names what is kept: `read/<guideline>` its reading pages and what they need, `keep/<guideline>` all of it,
// Python included, `keep/` the whole site.

(() => {
  'use strict';

  const { digest } = globalThis.Vademecum;

  // generator/inventory.py has the same number.
  const SCHEMA = 1;
  const STALL_LIMIT = 60_000;
  const PARALLEL = 4;
  const KEPT_HEADERS = /^(content-type|content-language|x-content-type-options|.*-policy)$/;
  // Someone else's cache that goes with ours when the reader removes everything: the started Python's memory.
  const ALSO_REMOVED = /^vademecum-snapshot/;

  /**
   * @typedef {{path: string, size: number, sha256: string, transfer: number, guideline: string,
   *   need: 'reading' | 'kept' | 'never', also?: string}} SiteFile
   * @typedef {{id: string, title: string, edition: string, version: string, updated: string, review_due: string}} Guideline
   * @typedef {{edition: string, files: SiteFile[], guidelines: Guideline[], texts: Record<string, string>}} Edition
   * @typedef {{edition: string, holds: string[], next?: string}} Pointer
   */

  /** Why something could not be kept. `code` is a key of the words for the reader. */
  class Trouble extends Error {
    /** @param {'network' | 'publishing' | 'damaged' | 'full' | 'refused' | 'outdated' | 'cancelled'} code */
    constructor(code, detail) {
      super(`${code}: ${detail}`);
      this.code = code;
    }
  }

  const isIn = (hold, file) => {
    const [what, guideline] = hold.split('/');
    if (file.need === 'never' || (what === 'read' && file.need !== 'reading')) return false;
    return hold === 'keep/' || file.guideline === '' || file.guideline === guideline;
  };

  const covers = (held, wanted) => {
    const has = (hold) => held.includes(hold) || held.includes('keep/') || held.includes(hold.replace('read/', 'keep/'));
    return wanted.every(has);
  };

  const union = (...lists) => [...new Set(lists.flat())];

  async function agrees(bytes, file) {
    const found = await digest(bytes);
    return found === file.sha256 || found === file.also;
  }

  /** What a browser says when it will not store, in our words. */
  function refusal(error) {
    if (error instanceof Trouble) return error;
    if (error?.name === 'AbortError') return new Trouble('cancelled', error);
    return new Trouble(/quota/i.test(`${error?.name} ${error?.message}`) ? 'full' : 'refused', error);
  }

  class Editions {
    #prefix;

    /** @param {string} root the site's address, with a slash at its end */
    constructor(root) {
      this.root = root;
      this.#prefix = `vademecum ${new URL(root).pathname} `;
    }

    get lock() {
      return `${this.#prefix}lock`;
    }

    /** The address under which a file is kept. */
    url(path) {
      return this.root + path.split('/').map(encodeURIComponent).join('/');
    }

    #name(edition) {
      return `${this.#prefix}edition ${edition}`;
    }

    /** @returns {Promise<Cache | null>} an edition's cache, if there is one; looking does not make one */
    async cache(edition) {
      return (await caches.has(this.#name(edition))) ? caches.open(this.#name(edition)) : null;
    }

    async #text(cache, path) {
      const response = await cache.match(this.url(path));
      return response ? response.text() : null;
    }

    // --- the pointer ---

    /** @returns {Promise<Pointer | null>} */
    async pointer() {
      if (!(await caches.has(`${this.#prefix}state`))) return null;
      const text = await this.#text(await caches.open(`${this.#prefix}state`), 'pointer');
      return text ? JSON.parse(text) : null;
    }

    /**
     * Replace the pointer by what a function makes of it, unless that is null; gives whether it was replaced. One at a
     * time: a change that was read before another one was written would undo it.
     * @param {(pointer: Pointer | null) => Pointer | null} change
     */
    async #point(change) {
      const act = async () => {
        const pointer = change(await this.pointer());
        if (!pointer) return false;
        const state = await caches.open(`${this.#prefix}state`);
        await state.put(this.url('pointer'), new Response(JSON.stringify(pointer)));
        return true;
      };
      return navigator.locks ? navigator.locks.request(`${this.#prefix}pointer`, act) : act();
    }

    /**
     * Use an edition from now on; gives whether it is there and whole.
     * @param {string} edition
     * @param {string[]} [holds] what is to be kept of it and of those that follow, if that is more than is whole now
     */
    async use(edition, holds = []) {
      const whole = await this.whole(edition);
      return whole.length > 0 && this.#point(() => ({ edition, holds: union(whole, holds) }));
    }

    /** Have a newer edition wait for the reader; gives false when the one before it is no longer in use. */
    async offer(edition, before) {
      return this.#point((pointer) => (pointer?.edition === before ? { ...pointer, next: edition } : null));
    }

    /** What of an edition is kept whole. */
    async whole(edition) {
      const cache = await this.cache(edition);
      const text = cache && (await this.#text(cache, 'whole'));
      return text ? JSON.parse(text) : [];
    }

    /** An edition that is kept, with its lists; null when they are gone. @returns {Promise<Edition | null>} */
    async kept(edition) {
      const cache = await this.cache(edition);
      const head = cache && (await this.#text(cache, 'edition.json'));
      const list = cache && (await this.#text(cache, 'inventory.json'));
      return head && list ? this.#parse(head, list) : null;
    }

    /** A file of an edition beside the one in use, checked. @returns {Promise<Response | null>} */
    async elsewhere(path, inUse) {
      const start = this.#name('');
      for (const name of await caches.keys()) {
        const other = name.startsWith(start) && name !== this.#name(inUse);
        const kept = other && (await this.kept(name.slice(start.length)));
        const file = kept && kept.files.find((one) => one.path === path);
        const response = file && (await (await caches.open(name)).match(this.url(path)));
        const bytes = await response?.arrayBuffer();
        if (bytes && (await agrees(bytes, file))) return new Response(bytes, { headers: response.headers });
      }
      return null;
    }

    /** A damaged file: it goes, and the edition is no longer whole. */
    async drop(edition, path) {
      const cache = await this.cache(edition);
      await cache?.delete(this.url('whole'));
      await cache?.delete(this.url(path));
    }

    // --- from the network ---

    /** The edition that the site has now. @returns {Promise<Edition>} */
    async latest(signal) {
      const decode = (bytes) => new TextDecoder().decode(bytes);
      const head = decode((await read(this.url('edition.json'), 'no-cache', signal)).bytes);
      const { inventory } = parse(head);
      for (const mode of ['no-cache', 'reload']) {
        const { bytes } = await read(this.url('inventory.json'), mode, signal);
        if ((await digest(bytes)) === inventory) return this.#parse(head, decode(bytes));
      }
      // The two lists are of different editions: the site is being published at this moment.
      throw new Trouble('publishing', 'the inventory is not the one that the edition names');
    }

    #parse(head, list) {
      const { edition } = parse(head);
      const { files, guidelines } = parse(list);
      return { edition, files, guidelines, texts: { 'edition.json': head, 'inventory.json': list } };
    }

    /** One file from the network, checked; what differs is asked for once more past every cache. */
    async fetch(file, signal, count = () => {}) {
      let last = { status: 0 };
      for (const mode of ['no-cache', 'reload']) {
        // Folders are asked for as readers do, so that the browser need not fetch a page twice.
        const path = file.path.replace(/(^|\/)index\.html$/, '$1');
        last = await read(path ? this.url(path) : this.root, mode, signal, count);
        if (await agrees(last.bytes, file)) return last;
      }
      throw new Trouble(last.status === 200 ? 'damaged' : 'publishing', `${file.path}: ${last.status}, another hash`);
    }

    /** The files of an edition that some holds ask for. */
    wanted(edition, holds) {
      return edition.files.filter((file) => holds.some((hold) => isIn(hold, file)));
    }

    /**
     * Fetch what is missing of an edition until the holds are whole. What has come stays when it is cut, and the next
     * attempt goes on from there; what a browser has no room for is given up, so that nothing half lies about.
     * @param {Edition} edition
     * @param {string[]} holds
     * @param {{signal?: AbortSignal, tell?: (received: number, total: number) => void}} [options]
     */
    async fill(edition, holds, { signal, tell = () => {} } = {}) {
      const before = await this.whole(edition.edition).catch(() => []);
      try {
        await this.#fill(edition, holds, before, signal, tell);
      } catch (error) {
        const trouble = refusal(signal?.aborted ? new Trouble('cancelled', error) : error);
        if (trouble.code === 'full') await this.#shrink(edition, before);
        throw trouble;
      }
    }

    async #fill(edition, holds, before, signal, tell) {
      const files = this.wanted(edition, holds);
      const cache = await caches.open(this.#name(edition.edition));
      for (const [path, text] of Object.entries(edition.texts)) {
        await cache.put(this.url(path), new Response(text, { headers: { 'content-type': 'application/json' } }));
      }
      const older = await this.#older(edition.edition);
      const total = files.reduce((sum, file) => sum + file.transfer, 0);
      const received = new Map();
      const count = (file, bytes) => {
        // Text travels compressed and arrives unpacked: scaled, so that the sum is what was announced.
        received.set(file.path, Math.min(file.transfer, Math.round((bytes / (file.size || 1)) * file.transfer)));
        tell([...received.values()].reduce((sum, part) => sum + part, 0), total);
      };
      const missing = [];
      for (const file of files) {
        if (signal?.aborted) throw new Trouble('cancelled', 'by the reader');
        if ((await this.#has(cache, file)) || (await this.#copy(older, cache, file))) count(file, file.size || 1);
        else missing.push(file);
      }
      await room(missing);
      const stop = new AbortController();
      const abort = () => stop.abort();
      signal?.addEventListener('abort', abort);
      const one = async () => {
        for (let file = missing.shift(); file; file = missing.shift()) {
          const { bytes, headers } = await this.fetch(file, stop.signal, (size) => count(file, size));
          if (stop.signal.aborted) throw new Trouble('cancelled', 'by the reader');
          await cache.put(this.url(file.path), new Response(bytes, { headers }));
          count(file, file.size || 1);
        }
      };
      try {
        await Promise.all(Array.from({ length: PARALLEL }, one));
      } catch (error) {
        abort();
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
      await cache.put(this.url('whole'), new Response(JSON.stringify(union(before, holds))));
    }

    async #has(cache, file) {
      const response = await cache.match(this.url(file.path));
      if (!response) return false;
      if (await agrees(await response.arrayBuffer(), file)) return true;
      await cache.delete(this.url(file.path));
      return false;
    }

    /** The edition in use, to take from it what has not changed. */
    async #older(edition) {
      const pointer = await this.pointer();
      if (!pointer || pointer.edition === edition) return null;
      const kept = await this.kept(pointer.edition);
      const hashes = new Map((kept?.files ?? []).map((file) => [file.path, file.sha256]));
      return kept && { cache: await this.cache(pointer.edition), hashes };
    }

    async #copy(older, cache, file) {
      if (older?.hashes.get(file.path) !== file.sha256) return false;
      const response = await older.cache.match(this.url(file.path));
      const bytes = await response?.arrayBuffer();
      if (!bytes || !(await agrees(bytes, file))) return false;
      await cache.put(this.url(file.path), new Response(bytes, { headers: response.headers }));
      return true;
    }

    /** Give up what came beside that which was whole before. */
    async #shrink(edition, before) {
      if (!before.length) return this.discard((name) => name === edition.edition);
      const stay = new Set(this.wanted(edition, before).map((file) => this.url(file.path)));
      for (const path of ['whole', ...Object.keys(edition.texts)]) stay.add(this.url(path));
      const cache = await this.cache(edition.edition);
      for (const request of (await cache?.keys()) ?? []) if (!stay.has(request.url)) await cache.delete(request);
    }

    // --- removing ---

    /** Delete the editions whose id a test picks. */
    async discard(test) {
      const start = this.#name('');
      const names = (await caches.keys()).filter((name) => name.startsWith(start) && test(name.slice(start.length)));
      await Promise.all(names.map((name) => caches.delete(name)));
    }

    /** Everything that this site keeps on the device. */
    async remove() {
      const names = (await caches.keys()).filter((name) => name.startsWith(this.#prefix) || ALSO_REMOVED.test(name));
      await Promise.all(names.map((name) => caches.delete(name)));
    }
  }

  function parse(text) {
    let data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      throw new Trouble('publishing', error);
    }
    if (data.schema !== SCHEMA) throw new Trouble('outdated', `a list of schema ${data.schema}`);
    return data;
  }

  /** Whether there is room, as far as the browser tells; it stores files unpacked. */
  async function room(files) {
    const needed = files.reduce((sum, file) => sum + file.size, 0);
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
    if (quota !== undefined && quota - usage < needed) throw new Trouble('full', `${needed} of ${quota - usage} bytes`);
  }

  async function read(url, cache, signal, count = () => {}) {
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(abort, STALL_LIMIT);
    };
    try {
      alive();
      const response = await fetch(url, { cache, signal: stop.signal, priority: 'low' });
      const parts = [];
      let size = 0;
      const reader = response.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
        alive();
        parts.push(part.value);
        count((size += part.value.length));
      }
      // Not how the bytes travelled: here they are unpacked.
      const headers = [...response.headers].filter(([name]) => KEPT_HEADERS.test(name));
      return { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), headers, status: response.status };
    } catch (error) {
      throw new Trouble(signal?.aborted ? 'cancelled' : 'network', `${url}: ${error}`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  globalThis.Vademecum = Object.assign(globalThis.Vademecum ?? {}, { Editions, Trouble, agrees, covers, union });
})();

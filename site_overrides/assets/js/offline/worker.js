// The service worker: answers from the edition that the device keeps, and looks for a newer one when a page asks it to.
// The last part of sw.js, after editions.js. It stores no answer of the network by the way: what is kept has been
// fetched as an edition and checked. What is not kept comes from the network as if there were no worker.

(() => {
  'use strict';

  const { Editions, agrees, covers, union } = globalThis.Vademecum;
  const ROOT = new URL('./', self.location.href).href;
  // Only ever fresh: what says which edition there is, and this script.
  const NEVER_ANSWERED = /^(edition\.json|inventory\.json|sw\.js|pointer|whole)$/;
  const editions = new Editions(ROOT);

  /** @type {{edition: string, files: Map<string, object>, cache: Cache} | null} the edition in use, once read */
  let memo = null;
  /** Pages that came from the network; what they load comes from there too, so that no page is of two editions. */
  const fresh = new Set();

  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const name = nameOf(request.url);
    if (request.method !== 'GET' || name === null || NEVER_ANSWERED.test(name) || request.headers.has('range')) return;
    // A worker reads its own query, and an answer from a cache could lose it.
    if (request.destination === 'worker' && new URL(request.url).search) return;
    event.respondWith(answer(event, name));
  });

  self.addEventListener('message', (event) => {
    const { type, ...options } = event.data ?? {};
    if (type === 'look') event.waitUntil(alone((signal) => look(options, signal)));
    if (type === 'use') event.waitUntil(change());
    if (type === 'forget') memo = null;
  });

  /** The name below the site's root that an address asks for, as the inventory writes it; null for other addresses. */
  function nameOf(address) {
    const { origin, pathname } = new URL(address);
    const url = origin + pathname;
    if (!url.startsWith(ROOT)) return null;
    try {
      return decodeURIComponent(url.slice(ROOT.length));
    } catch {
      return null;
    }
  }

  // --- answering ---

  async function answer(event, name) {
    const { request } = event;
    const navigating = request.mode === 'navigate';
    const held = await holding(navigating).catch(unreadable);
    const look = () => (held ? find(held, event, name).catch(unreadable) : null);
    const first = !fresh.has(event.clientId) && (await look());
    if (first) return first;
    try {
      const response = await fetch(request);
      if (navigating && held) fresh.add(event.resultingClientId);
      return response;
    } catch {
      if (navigating) return (await explain('absent').catch(unreadable)) ?? Response.error();
      return (fresh.has(event.clientId) && (await look())) || Response.error();
    }
  }

  /** A browser that takes its storage away again: the network is as good as before. */
  function unreadable(error) {
    console.warn('vademecum: the kept edition cannot be read', error);
    return null;
  }

  /** The edition in use. Read anew for each page, so that a page and what it loads are of one edition. */
  async function holding(anew) {
    if (memo && !anew) return memo;
    let pointer = await editions.pointer();
    if (pointer?.next && (await self.clients.matchAll({ type: 'window' })).length === 0) {
      // No page is open that could become a mixture, and no one is typing.
      if (await editions.use(pointer.next)) pointer = await editions.pointer();
    }
    if (memo?.edition === pointer?.edition && memo && (await editions.cache(memo.edition))) return memo;
    const kept = pointer && (await editions.kept(pointer.edition));
    memo = kept && {
      edition: kept.edition,
      files: new Map(kept.files.map((file) => [file.path, file])),
      cache: await editions.cache(kept.edition),
    };
    return memo;
  }

  /** The kept file that an address means, as static hosts read addresses; null when the network is to answer. */
  async function find(held, event, name) {
    const { request } = event;
    const { files } = held;
    const path = [`${name}index.html`, name, `${name}.html`].find(
      (path, index) => files.has(path) && (index !== 0 || name === '' || name.endsWith('/')),
    );
    if (!path) {
      if (files.has(`${name}/index.html`) && (await held.cache.match(editions.url(`${name}/index.html`)))) {
        const url = new URL(request.url);
        return Response.redirect(`${url.origin}${url.pathname}/${url.search}`, 301);
      }
      // Named by its content, so it can only be what a page of the edition before still asks for.
      return /\.[0-9a-f]{8,}\./.test(name) ? editions.elsewhere(name, held.edition) : null;
    }
    const file = files.get(path);
    // A script that asks past the caches has found our bytes wrong, or looks for another edition.
    if (request.destination === '' && request.cache === 'reload') return null;
    const kept = await held.cache.match(editions.url(path));
    if (!kept) return null;
    if (request.destination === '' && request.cache === 'no-cache') {
      const answered = await fetch(request).catch(() => null);
      if (answered?.ok) return answered;
    }
    const bytes = await kept.arrayBuffer();
    if (await agrees(bytes, file)) return new Response(bytes, { headers: kept.headers });
    return mend(held, file, request);
  }

  /** What is kept has another hash than the edition says: take it from the network, if that has the right one. */
  async function mend(held, file, request) {
    console.warn('vademecum: a kept file is damaged', file.path);
    await editions.drop(held.edition, file.path);
    try {
      const { bytes, headers } = await editions.fetch(file);
      await held.cache.put(editions.url(file.path), new Response(bytes, { headers }));
      return new Response(bytes, { headers });
    } catch {
      if (request.mode === 'navigate') return explain('damaged');
      return new Response(null, { status: 500, statusText: 'damaged' });
    }
  }

  /** The page for what cannot be shown; its addresses begin with `./`, those for scripts too, and are made to hold at any depth. */
  async function explain(reason) {
    const held = await holding(false).catch(() => null);
    const kept = await held?.cache.match(editions.url('offline.html'));
    if (!kept) return null;
    const text = (await kept.text()).replaceAll('"./', `"${new URL(ROOT).pathname}`);
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    return new Response(text.replace('data-reason=""', `data-reason="${reason}"`), { status: 503, headers });
  }

  // --- looking for a newer edition ---

  /** Only one at a time, page or worker; whoever the reader has started goes first and ends this one. */
  async function alone(act) {
    if (!navigator.locks) return act();
    const stop = new AbortController();
    const run = (lock) => lock && act(stop.signal);
    try {
      await navigator.locks.request(editions.lock, { ifAvailable: true }, run);
    } catch {
      stop.abort();
    }
  }

  /**
   * Keep the reading pages of a guideline, or fetch the newer edition that the site has, in the background.
   * @param {{guideline: string, costly: boolean, asked?: boolean}} options `costly`: a slow connection, or one on which
   *   data is saved; then only what has been asked for is fetched
   * @param {AbortSignal} signal
   */
  async function look({ guideline, costly, asked = false }, signal) {
    const spare = costly && !asked;
    try {
      const pointer = await editions.pointer();
      const latest = await editions.latest(signal);
      const holds = union(pointer?.holds ?? [], `read/${guideline}`);
      const whole = await editions.whole(latest.edition);
      if (pointer && pointer.edition !== latest.edition && (await editions.kept(pointer.edition))) {
        await update(pointer, latest, covers(whole, pointer.holds), holds, spare, signal);
      } else {
        if (!covers(whole, holds) && !spare) await editions.fill(latest, holds, { signal });
        // Also when nothing was missing: an edition that waited to be used may have been taken back since.
        await editions.use(latest.edition, holds);
        memo = null;
      }
      await tidy(latest.edition);
    } catch (error) {
      console.info('vademecum: nothing new is kept', error.code ?? error);
      if (asked || error.code === 'full') await tell({ type: 'failed', code: error.code ?? 'refused' });
    }
  }

  async function update(pointer, latest, whole, holds, spare, signal) {
    if (!whole && spare) {
      const files = editions.wanted(latest, pointer.holds);
      return tell({ type: 'available', transfer: files.reduce((sum, file) => sum + file.transfer, 0) });
    }
    if (!whole) await editions.fill(latest, holds, { signal });
    // Meanwhile the reader may have changed to it, from an offer made before.
    if (await editions.offer(latest.edition, pointer.edition)) await tell({ type: 'ready' });
  }

  /** Editions that are no longer of use go when at most one page is open, which then is of the one in use. */
  async function tidy(latest) {
    if ((await self.clients.matchAll({ type: 'window' })).length > 1) return;
    const pointer = await editions.pointer();
    await editions.discard((edition) => edition !== pointer?.edition && edition !== latest);
  }

  /** The reader wants the newer edition. */
  async function change() {
    const { next } = (await editions.pointer()) ?? {};
    if (next && (await editions.use(next))) {
      memo = null;
      await tell({ type: 'switched' });
    } else {
      await tell({ type: 'failed', code: 'refused' });
    }
  }

  async function tell(message) {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const page of pages) if (page.url.startsWith(ROOT)) page.postMessage(message);
  }
})();

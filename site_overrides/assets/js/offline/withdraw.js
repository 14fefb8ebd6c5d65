// Stands at the service worker's address where there is to be none (live reload, a site that gave it up): takes away
// what an earlier one left on the device, and itself.

(() => {
  'use strict';

  const { Editions } = globalThis.Vademecum;
  const root = new URL('./', self.location.href).href;

  async function withdraw() {
    await new Editions(root).remove();
    await self.registration.unregister();
    for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url).catch(() => null);
  }

  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(withdraw()));
})();

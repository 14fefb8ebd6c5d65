// On every page, so small: starts the service worker, and says that a review is due or that a file of the page is missing.
// The rest is in offline/ and comes when it is needed.

(() => {
  'use strict';

  const config = JSON.parse(document.getElementById('vademecum-offline').textContent);
  const base = new URL(config.root, location.href).href;
  const { saveData, effectiveType = '', downlink = 1 } = navigator.connection ?? {};
  const costly = Boolean(saveData || /2g/.test(effectiveType) || downlink < 0.7);
  const workers = storage();
  const place = document.querySelector('[data-keep]');
  let rest;

  /** Where these are forbidden even to look may throw. */
  function storage() {
    try {
      return /^http/.test(location.protocol) && isSecureContext && window.caches && navigator.serviceWorker;
    } catch {
      return null;
    }
  }

  function notice(text) {
    const made = document.createElement('p');
    made.className = 'vm-notice vm-due';
    made.textContent = text;
    (document.querySelector('.md-content__inner') ?? document.querySelector('main'))?.prepend(made);
  }

  const load = () =>
    (rest ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = config.keep;
      script.addEventListener('load', () => resolve(globalThis.Vademecum.keeping));
      script.addEventListener('error', reject);
      document.head.append(script);
    }));

  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  for (const [date, text] of config.due) if (date < today) notice(text);

  // The pages used lately, where recent.js has put a list: the address below the site and the title, nothing else.
  const recent = `vademecum ${new URL(base).pathname} recent`;
  try {
    const list = config.title && /^http/.test(location.protocol) && JSON.parse(localStorage.getItem(recent));
    if (list) {
      const path = (location.origin + location.pathname).slice(base.length).replace(/index\.html$/, '');
      const others = list.filter(([known]) => known !== path);
      localStorage.setItem(recent, JSON.stringify([[path, config.title], ...others].slice(0, 8)));
    }
  } catch {
    // Storage is refused or full, or what is there is not ours.
  }

  // A file that did not load, or does not run; what the page prints without it stays. A style sheet is before this script.
  let broken = false;
  const tell = () => {
    if (!broken) notice(config.broken);
    broken = true;
  };
  const isOurs = (address) => /\.(js|css)$/.test(address) && address.startsWith(base);
  const hear = ({ target, filename }) => isOurs(target === window ? filename : (target.src ?? target.href)) && tell();
  addEventListener('error', hear, true);
  const rules = ({ sheet }) => {
    try {
      return sheet.cssRules.length;
    } catch {
      return 0;
    }
  };
  addEventListener('load', () => {
    // From a folder no page may look into its style sheets.
    if (workers && [...document.querySelectorAll('link[rel=stylesheet]')].some((one) => !rules(one))) tell();
  });

  const look = (asked) => workers.ready.then(({ active }) => active.postMessage({ ...config, type: 'look', costly, asked }));

  async function begin() {
    const known = await workers.getRegistration(base);
    // Whoever has just removed everything on this page does not want it back before the next visit.
    if ((costly && !known) || globalThis.Vademecum.offline.removed) return;
    await workers.register(`${base}sw.js`);
    await look();
  }

  if (place && location.protocol !== 'file:') {
    const hide = (hidden) => (place.hidden = hidden);
    const control = (begin) => load().then((keeping) => keeping.control(place, begin), () => hide(true));
    hide(false);
    place.querySelector('button').addEventListener('click', () => control(true), { once: true });
    // Who keeps something sees what, and who cannot sees why; the others have no need of the script yet.
    if (!workers || workers.controller) control(false);
  }

  globalThis.Vademecum = Object.assign(globalThis.Vademecum ?? {}, { offline: { base, recent, costly, look, style: config.style, able: Boolean(workers) } });

  if (workers) {
    workers.addEventListener('message', ({ data }) => load().then((keeping) => keeping.hear(data)));
    const later = window.requestIdleCallback ?? setTimeout;
    addEventListener('load', () => setTimeout(() => later(() => begin().catch(() => {})), 1500));
  }
})();

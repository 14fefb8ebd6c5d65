// Turns the pages of a file that holds a whole guideline: menu, search, light and dark. The first script of the file, in
// plain old syntax, so that it runs where the calculators' scripts do not; without it the pages stand one below another.
// Defines pageAt on `Vademecum` and tells a page that it is shown with the event `vademecum-shown`.

(() => {
  'use strict';

  const Vademecum = (globalThis.Vademecum = globalThis.Vademecum || {});
  const MOST = 40;
  const SHOWN = 'vm-page--shown';
  const MENU_OPEN = 'vm-menu-open';
  const pages = Array.from(document.querySelectorAll('[data-page]'));
  const bar = document.querySelector('.vm-bar');
  const menuButton = bar.querySelector('[data-menu]');
  const menuLinks = Array.from(document.querySelectorAll('.vm-menu a'));

  // --- Pages --------------------------------------------------------------------------------------------------------

  /** Of `#PAGE`, `#ID` and `#PAGE#ID`, each perhaps with `?` and what it gives to a calculator, the id alone. */
  const idOf = (fragment) => {
    const text = fragment.replace(/^#/, '').replace(/\?.*$/, '');
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
  };

  /** The element that a fragment leads to: by its id here, or by the site's address of something at home elsewhere. */
  const targetOf = (fragment) => {
    const id = idOf(fragment);
    if (!id) return pages[0];
    return document.getElementById(id) || document.getElementById(id.slice(id.lastIndexOf('#') + 1)) || pages[0];
  };

  /** The page that a fragment leads to; the first one when it leads nowhere. */
  const pageAt = (fragment) => targetOf(fragment).closest('[data-page]') || pages[0];

  const show = (fragment, first) => {
    const target = targetOf(fragment);
    const page = pageAt(fragment);
    pages.forEach((one) => one.classList.toggle(SHOWN, one === page));
    menuLinks.forEach((link) => {
      if (link.hash === `#${page.id}` || (page === pages[0] && link.hash === '#')) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
    document.title = page === pages[0] ? title : `${page.dataset.title} - ${title}`;
    closeAll();
    for (let folded = target.closest('details'); folded; folded = folded.parentElement.closest('details')) folded.open = true;
    const here = document.querySelector('.vm-menu [aria-current]');
    if (here) here.scrollIntoView({ block: 'nearest' });
    if (target !== page) target.scrollIntoView();
    else if (!first) scrollTo(0, 0);
    // A screen reader and the keyboard go on where the eyes do.
    if (!first && target === page) page.focus({ preventScroll: true });
    page.dispatchEvent(new CustomEvent('vademecum-shown'));
  };

  const title = document.title;
  addEventListener('hashchange', () => show(location.hash, false));
  // A link to where the address already leads changes nothing of the address, but the reader may have scrolled on.
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) show(location.hash, false);
  });

  // What is folded has its text on one page only; it is put in when it is opened.
  document.addEventListener(
    'toggle',
    (event) => {
      const link = event.target.querySelector(':scope > p > .vm-caveat__more');
      const whole = link && document.getElementById(idOf(link.hash));
      if (whole && !link.previousSibling) link.before(`${whole.querySelector('p').textContent} `);
    },
    true,
  );

  // --- Menu and colours ---------------------------------------------------------------------------------------------

  const openMenu = (open) => {
    document.body.classList.toggle(MENU_OPEN, open);
    menuButton.setAttribute('aria-expanded', String(open));
  };
  menuButton.addEventListener('click', () => openMenu(!document.body.classList.contains(MENU_OPEN)));

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = (isDark) => document.body.setAttribute('data-md-color-scheme', isDark ? 'slate' : 'default');
  const follow = (event) => paint(event.matches);
  paint(dark.matches);
  if (dark.addEventListener) dark.addEventListener('change', follow);
  bar.querySelector('[data-scheme]').addEventListener('click', () => {
    if (dark.removeEventListener) dark.removeEventListener('change', follow);
    paint(document.body.getAttribute('data-md-color-scheme') === 'default');
  });

  // --- Search -------------------------------------------------------------------------------------------------------

  const field = bar.querySelector('[data-find]');
  const found = bar.querySelector('[data-found]');
  const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  const textOf = (element, selector) => {
    const inner = element.querySelector(selector);
    return inner ? inner.textContent.replace(/\s+/g, ' ').trim() : '';
  };

  /** What can be found, each once: its place, a title, a text, and both for comparing; made when first looked for. */
  let entries = null;
  const WHOLE = '[data-statement], [data-caveat], [data-reference], .vm-term, tr[id], .vm-rule';
  const read = () => {
    const seen = new Set();
    const all = pages.map((page) => ({ target: page, head: page.dataset.title, text: '' }));
    for (const target of document.querySelectorAll(WHOLE)) {
      // A statement stands on several pages; its home is where its id has no page before it.
      if (!target.id || (target.id.includes('#') && !target.matches('.vm-rule'))) continue;
      if (seen.has(target.id)) continue;
      seen.add(target.id);
      const head = textOf(target, '.vm-statement__title, h3, dt, th, .vm-rule__when, .vm-reference__number');
      const text = target.textContent.replace(/\s+/g, ' ').trim();
      all.push({ target, head: head || text.slice(0, 24), text });
    }
    return all.map((entry) => Object.assign(entry, { plainHead: plain(entry.head), plainText: plain(`${entry.head} ${entry.text}`) }));
  };

  /** The part of a text in which the first word stands. */
  const snippet = (text, words) => {
    const at = Math.max(0, plain(text).indexOf(words[0]) - 24);
    return (at ? '…' : '') + text.slice(at, at + 96) + (text.length > at + 96 ? '…' : '');
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const result = (entry, words) => {
    const made = element('a', 'vm-find__result', '');
    made.href = `#${entry.target.id}`;
    made.append(element('strong', '', entry.head));
    if (entry.text) made.append(element('span', '', snippet(entry.text, words)));
    const page = entry.target.closest('[data-page]');
    if (page !== entry.target) made.append(element('small', '', page.dataset.title));
    return made;
  };

  const find = () => {
    const words = plain(field.value).split(' ').filter(Boolean);
    found.hidden = words.length === 0;
    found.textContent = '';
    if (!words.length) return;
    entries = entries || read();
    const score = (entry) => words.filter((word) => entry.plainHead.includes(word)).length;
    const hits = entries.filter((entry) => words.every((word) => entry.plainText.includes(word)));
    hits.sort((one, other) => score(other) - score(one)); // in the order of the pages where that is the same
    const { none, some, first } = found.dataset;
    const told = hits.length === 0 ? none : hits.length > MOST ? first : some;
    found.append(element('p', 'vm-find__told', told.replace('{count}', hits.length).replace('{shown}', MOST)));
    hits.slice(0, MOST).forEach((entry) => found.append(result(entry, words)));
  };

  const closeAll = () => {
    openMenu(false);
    found.hidden = true;
  };
  field.addEventListener('input', find);
  field.addEventListener('focus', find);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeAll();
    if (event.key === 'Enter' && event.target === field && !found.hidden) {
      const first = found.querySelector('a');
      if (first) first.click();
    }
  });
  document.addEventListener('click', (event) => {
    if (!bar.contains(event.target) && !event.target.closest('.vm-menu')) closeAll();
  });

  Vademecum.pageAt = pageAt;
  show(location.hash, true);
})();

// In each page that `vademecum serve` serves, and in none that is built: takes a change in, and lists the findings.
//
// Most pages are simply loaded again. A page on which Python runs is not: starting Python takes seconds, so the new
// text takes the place of the old, Python is given the new data, and what was typed is kept and asked again.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const OWN = '/_serve/';
  const me = document.currentScript;
  const [PYTHON, SEARCH] = ['#vademecum-python', '#vademecum-search'];
  // What a change of a guideline's content may change in a page without the page having to be loaded again.
  const INNER = ['article.md-content__inner', PYTHON, SEARCH];

  /** The page's own text as the server gave it, and the edition that it is of. */
  let edition = me.dataset.edition;
  let text = fetchText();

  /** The page's client once its data have been exchanged. */
  let started = null;

  async function fetchText() {
    const answer = await fetch(location.href, { cache: 'no-store' });
    return answer.ok ? answer.text() : '';
  }

  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
  const editionOf = (page) => page.querySelector('script[data-edition]')?.dataset.edition;

  /** A page without what may be exchanged in it. */
  function frame(page) {
    const copy = page.documentElement.cloneNode(true);
    for (const part of copy.querySelectorAll(INNER.join())) part.replaceChildren();
    copy.querySelector('script[data-edition]')?.remove();
    return copy.outerHTML;
  }

  const inner = (page, selector) => page.querySelector(selector)?.innerHTML ?? '';

  /** Show a new edition; only one is taken in at a time. */
  async function take(wanted) {
    const [before, html] = [await text.catch(() => ''), await fetchText().catch(() => '')];
    const [old, fresh] = [parse(before), parse(html)];
    if (!html || !before || editionOf(old) !== edition || frame(old) !== frame(fresh)) return location.reload();
    const same = (selector) => inner(old, selector) === inner(fresh, selector);
    if (!same(INNER[0]) || !same(PYTHON)) {
      if (Vademecum.pythonClient?.()?.state.name !== 'ready' || !(await exchange(old, fresh))) return location.reload();
    }
    const search = document.querySelector(SEARCH);
    if (search) search.textContent = fresh.querySelector(SEARCH).textContent;
    edition = editionOf(fresh) ?? wanted;
    me.dataset.edition = edition;
    text = Promise.resolve(html);
  }

  /** Give Python the new data and put the new text in place of the old; false when the page must be loaded again. */
  async function exchange(old, fresh) {
    const [was, is] = [old, fresh].map((page) => JSON.parse(inner(page, PYTHON)));
    const client = started ?? Vademecum.pythonClient();
    if (was.worker !== is.worker || was.manifest.sha256 !== is.manifest.sha256 || is.carried) return false;
    for (const { url } of is.payloads) {
      const payload = await (await fetch(new URL(url, document.baseURI), { cache: 'no-store' })).text();
      if (!(await client.request('load', { payload })).ok) return false;
    }
    const payloads = is.payloads.map((item) => ({ ...item, url: new URL(item.url, document.baseURI).href }));
    started = client;
    Vademecum.pythonClient = () => withPayloads(client, payloads);
    const kept = typed();
    const [position, unfolded] = [scrollY, [...document.querySelectorAll('article details')].map((item) => item.open)];
    document.querySelector(PYTHON).textContent = fresh.querySelector(PYTHON).textContent;
    const article = document.querySelector(INNER[0]);
    article.replaceChildren(...document.importNode(fresh.querySelector(INNER[0]), true).childNodes);
    const details = article.querySelectorAll('details');
    if (details.length === unfolded.length) details.forEach((item, index) => (item.open = unfolded[index]));
    retype(kept);
    scrollTo(scrollX, position);
    return true;
  }

  /** The client as it is, with what it now has loaded in place of what it had when it started. */
  function withPayloads(client, payloads) {
    const bound = (name) => client[name].bind(client);
    return {
      get state() {
        return client.state;
      },
      onstate: (listener) =>
        client.onstate((state) => {
          if (state.name === 'failed') return location.reload(); // it would start anew with the data of before
          return listener(state.name === 'ready' ? { ...state, payloads } : state);
        }),
      start: bound('start'),
      cancel: bound('cancel'),
      request: bound('request'),
    };
  }

  const forms = () => [...document.querySelectorAll('calculator-form form')];
  const fields = (form) => [...form.elements].filter(({ name }) => name);

  /** What stands in the forms, and which of them have been answered. */
  const typed = () =>
    forms().map((form) => ({
      values: fields(form).map(({ name, value, checked }) => [name, value, checked]),
      answered: form.closest('calculator-form').querySelector('[data-answer]:not([hidden])') !== null,
    }));

  function retype(kept) {
    forms().forEach((form, index) => {
      const { values = [], answered = false } = kept[index] ?? {};
      for (const field of fields(form)) {
        const found = values.find(([name, value]) => name === field.name && (!isChoice(field) || value === field.value));
        if (!found) continue;
        if (isChoice(field)) field.checked = found[2];
        else if (!(field instanceof HTMLSelectElement) || [...field.options].some(({ value }) => value === found[1])) field.value = found[1];
      }
      if (answered) form.requestSubmit();
    });
  }

  const isChoice = ({ type }) => type === 'radio' || type === 'checkbox';

  // The list of findings, in a shadow root: the page's style sheets and it do not touch each other.

  const make = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const host = make('vademecum-live');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = Object.assign(make('link'), { rel: 'stylesheet', href: `${OWN}live.css` });

  const item = ({ file, line, column, code, severity, message, hint }) =>
    make(
      'li', severity,
      make('code', '', `${file}:${line}:${column}`), make('b', '', ` ${code} ${severity} `), make('span', '', message),
      ...(hint ? [make('p', 'hint', hint)] : []),
    );

  function show({ findings, problem, failed, shown }) {
    host.remove();
    if (!findings.length && !problem) return;
    const count = (kind) => findings.filter(({ severity }) => severity === kind).length;
    const counted = ['error', 'warning'].map((kind) => [count(kind), kind]).filter(([number]) => number);
    const found = counted.map(([number, kind]) => `${number} ${kind}${number > 1 ? 's' : ''}`).join(', ');
    const told = failed ? (shown ? 'The page shows the last good edition. ' : 'There is no edition to show yet. ') : '';
    const box = make('details', failed ? 'failed' : '', make('summary', '', told + found));
    box.open = failed;
    if (problem) box.append(make('pre', '', problem));
    box.append(make('ul', '', ...findings.map(item)));
    root.replaceChildren(sheet, make('section', '', box));
    root.querySelector('section').setAttribute('role', 'status');
    document.body.append(host);
  }

  /** @type {EventSource | null} */
  let stream = null;
  let taking = Promise.resolve();

  function listen() {
    if (stream || document.visibilityState !== 'visible') return;
    stream = new EventSource(`${OWN}changes`);
    stream.addEventListener('message', ({ data }) => {
      const told = JSON.parse(data);
      show(told);
      taking = taking.then(() => (told.shown && told.edition !== edition ? take(told.edition) : null));
      taking = taking.catch(() => location.reload()); // whatever went wrong, the next edition must still be seen
    });
  }

  // A browser has six connections to a host for all its tabs: one that is not seen gives its own back.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') return listen();
    stream?.close();
    stream = null;
  });
  addEventListener('pagehide', () => stream?.close());
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    stream = null;
    listen();
  });
  listen();
})();

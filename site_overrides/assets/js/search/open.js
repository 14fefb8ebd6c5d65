// What the header's buttons do: open the menu, and the search. Its dialog opens at once, so that the field takes what is
// typed and a phone shows its keyboard; the engine and the indexes are fetched the first time, and not before.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const config = JSON.parse(document.getElementById('vademecum-search').textContent);
  const { words } = config;
  const absolute = (url) => new URL(url, document.baseURI).href;
  const scripts = [config.engine, config.results, ...inOrder(config.indexes)].map(absolute);
  const root = absolute(`${config.root}/`);

  /** The indexes, the one of this page's guideline first. */
  function inOrder(indexes) {
    return [...indexes].sort(([a], [b]) => (b === config.guideline) - (a === config.guideline)).map(([, url]) => url);
  }

  /** @type {Promise<void> | null} */
  let loading = null;

  const load = (src) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      // Scripts are fetched together and run in this order.
      Object.assign(script, { src, async: false });
      script.addEventListener('load', resolve);
      script.addEventListener('error', () => {
        script.remove();
        reject(new Error(src));
      });
      document.head.append(script);
    });

  /** Fetch what answers queries; after a failure the next call tries again. */
  function loadSearch() {
    loading ??= Promise.all(scripts.map(load)).then(
      () => {},
      (error) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const field = make('input', {
    type: 'text', class: 'vm-search__field', 'aria-label': words.search, placeholder: words.placeholder, enterkeyhint: 'search',
    inputmode: 'search', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', 'aria-controls': 'vm-search-results',
  });
  const close = make('button', { type: 'button', class: 'vm-search__close', 'aria-label': words.close }, '×');
  const status = make('p', { class: 'vm-search__status', role: 'status' });
  const list = make('ol', { class: 'vm-search__results', id: 'vm-search-results', 'aria-label': words.search });
  const dialog = make('dialog', { class: 'vm-search', 'aria-label': words.search },
    make('div', { class: 'vm-search__bar', role: 'search' }, field, close), status, list);

  async function open() {
    if (dialog.open) return;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    field.focus();
    field.select();
    const first = !Vademecum.showAnswers;
    if (first) status.textContent = words.loading;
    try {
      await loadSearch();
      Vademecum.showAnswers({ dialog, field, status, list, words, root, guideline: config.guideline });
    } catch (error) {
      console.error('vademecum: the search could not be loaded', error);
      status.textContent = words.failed;
    }
  }

  close.addEventListener('click', () => dialog.close());
  // A tap beside the dialog falls on the dialog itself, whose inside is filled by its parts.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  for (const button of document.querySelectorAll('[data-search-open]')) button.addEventListener('click', open);

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!slash && !command) return;
    event.preventDefault();
    open();
  });

  const drawer = document.getElementById('__drawer');
  const menu = document.querySelector('.vm-menu');
  menu?.addEventListener('click', () => drawer.click());
  drawer?.addEventListener('change', () => menu?.setAttribute('aria-expanded', String(drawer.checked)));

  Object.assign(Vademecum, { openSearch: open, loadSearch });
})();

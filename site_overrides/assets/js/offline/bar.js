// The bar at the foot of the window: what the service worker has to tell of a newer edition.
// After editions.js; defines `keeping` on `Vademecum`: hear, words, and what the control writes its texts with.

(() => {
  'use strict';

  const { offline } = globalThis.Vademecum;
  const keeping = (globalThis.Vademecum.keeping = {});
  let bar = null;
  /** Whether it was on this page that the reader took the new edition: only then may the page load itself anew. */
  let mine = false;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  Object.assign(keeping, { fill, megabytes });

  // Pages with the control have the style sheet already; the others have had no need of it.
  if (!document.querySelector(`link[href="${offline.style}"]`)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: offline.style }));
  }

  /** The words in the language of the page, or those that there are. */
  keeping.words = () => {
    const { offlineWords: all } = globalThis.Vademecum;
    return all[document.documentElement.lang.split('-')[0]] ?? Object.values(all)[0];
  };

  /** @param {Record<string, () => void>} actions what each button does, by what stands on it */
  function show(text, actions) {
    bar?.remove();
    bar = document.createElement('div');
    bar.className = 'vm-bar';
    bar.setAttribute('role', 'status');
    bar.append(Object.assign(document.createElement('span'), { textContent: text }));
    for (const [label, act] of Object.entries({ ...actions, [keeping.words().later]: () => bar.remove() })) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
      button.addEventListener('click', act);
      bar.append(button);
    }
    document.body.append(bar);
  }

  keeping.hear = (message) => {
    const words = keeping.words();
    switch (message.type) {
      case 'ready':
        return show(words.ready, { [words.use]: use });
      case 'available': {
        const size = megabytes(message.transfer);
        return show(fill(words.available, { size }), { [words.fetch]: fetchIt });
      }
      case 'switched':
        return mine ? location.reload() : show(words.switched, { [words.reload]: () => location.reload() });
      case 'failed':
        return show(message.code === 'full' ? words.full : words.failed, {});
    }
  };

  async function use() {
    mine = true;
    const registration = await navigator.serviceWorker.ready;
    registration.active.postMessage({ type: 'use' });
    show(keeping.words().working, {});
  }

  function fetchIt() {
    show(keeping.words().working, {});
    offline.look(true);
  }
})();

// On the home page and a guideline's first page: the pages used lately, if the reader has switched that on. offline.js, which
// comes before, adds each page as it is opened, and only while the list is there: it is the switch.

(() => {
  'use strict';

  const key = globalThis.Vademecum.offline.recent;
  const { base } = globalThis.Vademecum.offline;
  const place = document.querySelector('[data-recent]');
  const [list, toggle, clear] = ['nav', 'input', 'button'].map((name) => place.querySelector(name));
  const names = JSON.parse(place.dataset.names);

  /** What is stored, or null when nothing is; a list that is not ours is begun anew. */
  function stored() {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    try {
      const list = JSON.parse(text);
      if (list.every(([path, title]) => typeof path === 'string' && typeof title === 'string')) return list;
    } catch {
      // Neither JSON nor pairs.
    }
    write(true);
    return [];
  }

  function write(on) {
    if (on) localStorage.setItem(key, '[]');
    else localStorage.removeItem(key);
  }

  function line(text, kind) {
    const made = document.createElement('span');
    made.className = `vm-tap__${kind}`;
    made.textContent = text;
    return made;
  }

  /** An entry, or nothing when it is not below this site, or of another guideline than this page. */
  function entry([path, title]) {
    const { href } = new URL(base + path);
    if (!href.startsWith(base + place.dataset.recent)) return [];
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.className = 'vm-tap';
    link.href = href;
    link.append(line(title, 'label'));
    const name = names[path.split('/')[0]];
    if (name) link.append(line(name, 'note'));
    item.append(link);
    return [item];
  }

  function show() {
    const known = stored();
    const items = (known ?? []).flatMap(entry);
    list.querySelector('ul').replaceChildren(...items);
    list.hidden = items.length === 0;
    toggle.checked = known !== null;
    clear.hidden = known === null;
    place.hidden = false;
  }

  function turn(on) {
    try {
      write(on);
      show();
    } catch {
      // Some browsers let a page read and not write.
      toggle.checked = false;
      toggle.disabled = true;
      place.querySelector('p').textContent = place.dataset.refused;
    }
  }

  try {
    if (!/^http/.test(location.protocol)) return;
    show();
  } catch {
    // Without storage there is nothing to switch on.
    return;
  }
  toggle.addEventListener('change', () => turn(toggle.checked));
  clear.addEventListener('click', () => {
    turn(false);
    toggle.focus();
  });
  // Another tab, the button that removes everything, and the way back through the history.
  for (const type of ['storage', 'pageshow']) addEventListener(type, show);
})();

// Shows the answers to what is typed in the search's dialog. Every text is set as text, never as markup.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});

  const BEFORE = 24;
  const SHOWN = 110;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /** Where the marks stand in a text: `[start, end]`, in order, none over another. */
  function marked(text, marks) {
    const plain = text.normalize('NFKC').toLowerCase();
    // Only where no character has become several do places in the one hold for the other.
    if (plain.length !== text.length) return [];
    const found = [];
    for (const mark of marks.map((item) => item.normalize('NFKC').toLowerCase()).filter((item) => item.trim())) {
      for (let at = plain.indexOf(mark); at >= 0; at = plain.indexOf(mark, at + mark.length)) found.push([at, at + mark.length]);
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([start], index) => !found.slice(0, index).some(([, end]) => start < end));
  }

  /** A text with its marks, cut around the first of them where it is long. */
  function withMarks(text, marks, whole) {
    const all = marked(text, marks);
    const from = whole || text.length <= SHOWN ? 0 : Math.max(0, Math.min((all[0]?.[0] ?? 0) - BEFORE, text.length - SHOWN));
    const to = whole ? text.length : Math.min(text.length, from + SHOWN);
    const part = document.createDocumentFragment();
    if (from) part.append('…');
    let at = from;
    for (const [start, end] of all) {
      if (start < at || end > to) continue;
      part.append(text.slice(at, start), element('mark', '', text.slice(start, end)));
      at = end;
    }
    part.append(text.slice(at, to));
    if (to < text.length) part.append('…');
    return part;
  }

  /** An address of the index as a link from this page; a folder that is no server's needs the file's name. */
  function address(url, root) {
    const full = new URL(url, root);
    if (full.protocol === 'file:' && full.pathname.endsWith('/')) full.pathname += 'index.html';
    return full.href;
  }

  function item(answer, { root, guideline }) {
    const made = element('li', `vm-search__item vm-search__item--${answer.kind}`);
    const box = answer.url ? element('a', 'vm-search__link') : element('div', 'vm-search__link');
    if (answer.url) box.href = address(answer.url, root);
    const head = element('span', 'vm-search__head');
    const title = element('strong', 'vm-search__title');
    title.append(withMarks(answer.title, answer.marks, true));
    head.append(element('span', 'vm-search__kind', answer.label), ' ', title);
    box.append(head);
    if (answer.alias) box.append(element('span', 'vm-search__alias', answer.alias));
    if (answer.text) {
      const text = element('span', 'vm-search__text');
      text.append(withMarks(answer.text, answer.marks, !answer.url));
      box.append(text);
    }
    const elsewhere = guideline && answer.guideline !== guideline ? [answer.source] : [];
    const place = [...elsewhere, answer.place].filter(Boolean).join(' › ');
    if (place) box.append(element('span', 'vm-search__place', place));
    made.append(box);
    return made;
  }

  let begun = false;

  /** Answer what stands in the field, now and at every change. */
  function showAnswers(view) {
    const { dialog, field, status, list, words, guideline } = view;
    let shown = null;
    const answer = () => {
      const query = field.value.trim();
      if (query === shown) return;
      shown = query;
      const answers = Vademecum.search(query, { guideline });
      const found = answers.filter(({ url }) => url).length;
      list.replaceChildren(...answers.map((one) => item(one, view)));
      list.scrollTop = 0;
      if (!query) status.textContent = words.hint;
      else if (found) status.textContent = words.found.replace('{count}', found);
      else status.textContent = answers.length ? answers[0].text : words.none;
    };
    answer();
    if (begun) return;
    begun = true;
    const links = () => [...list.querySelectorAll('a')];
    field.addEventListener('input', (event) => event.isComposing || answer());
    field.addEventListener('compositionend', answer);
    dialog.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      const all = links();
      const at = all.indexOf(document.activeElement);
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const next = at + (event.key === 'ArrowDown' ? 1 : -1);
        if (next < 0) field.focus();
        else all[Math.min(next, all.length - 1)]?.focus();
      } else if (event.key === 'Enter' && document.activeElement === field) {
        event.preventDefault();
        all[0]?.click();
      }
    });
    // An answer on this very page loads nothing: the dialog must make way.
    list.addEventListener('click', (event) => event.target.closest('a') && dialog.close());
  }

  Vademecum.showAnswers = showAnswers;
})();

// What runs on this device: versions, the road of the start, every file with its hash, and the worked cases run here.
'use strict';

(() => {
  const Vademecum = globalThis.Vademecum;
  const { element, fill } = Vademecum;

  class AboutPython extends HTMLElement {
    connectedCallback() {
      const { words } = JSON.parse(Vademecum.pageOf(this).querySelector('script[data-config]').textContent);
      const place = this.querySelector('[data-about]');
      this.#cases = element('p', '', words.about_cases_none);
      Vademecum.pageOf(this).addEventListener('vademecum-cases', ({ detail }) => {
        this.#cases.textContent = detail;
      });
      Vademecum.pythonClient()?.onstate((state) => {
        if (state.name === 'ready') place.replaceChildren(...describe(state, words), this.#cases);
      });
    }

    #cases;
  }

  /** The elements that describe a Python that is ready. */
  function describe(state, words) {
    const seconds = state.seconds.toFixed(1);
    const road = { cold: words.about_cold, snapshot: words.about_snapshot }[state.road];
    const files = element('ul', 'vm-about');
    for (const { file, size, sha256 } of state.files) files.append(line(file, size, sha256, words));
    for (const { url, size, sha256 } of state.payloads) {
      const name = new URL(url).pathname.split('/').slice(-2).join('/');
      files.append(line(name, size, sha256, words));
    }
    return [
      element('p', '', fill(words.python, state)),
      element('p', '', fill(road, { seconds })),
      element('p', '', words.about_files),
      files,
    ];
  }

  function line(name, size, sha256, words) {
    const item = element('li', '', `${name} · ${fill(words.about_bytes, { bytes: size.toLocaleString('en') })} `);
    item.append(element('code', '', sha256));
    return item;
  }

  Object.assign(Vademecum, { AboutPython });
})();

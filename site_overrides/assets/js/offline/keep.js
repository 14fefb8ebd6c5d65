// The control 'keep for offline': fetches an edition whole, tells how far it is, and takes it away again. What it shows
// is read from the caches each time. After bar.js; defines `keeping.control` on `Vademecum`.

(() => {
  'use strict';

  const { Editions, Trouble, covers, union, offline, keeping } = globalThis.Vademecum;
  const { fill, megabytes } = keeping;
  const LINES = ['text', 'facts', 'progress', 'buttons'];

  const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);

  class Keep {
    /** @param {HTMLElement} place what the page shows of the control; `data-keep` names a guideline, or all */
    constructor(place) {
      this.words = keeping.words();
      this.hold = `keep/${place.dataset.keep}`;
      this.editions = new Editions(offline.base);
      this.stop = null;
      this.parts = Object.fromEntries(LINES.map((name) => [name, document.createElement('div')]));
      this.parts.text.setAttribute('role', 'status');
      for (const old of place.querySelectorAll('p, button')) old.remove();
      place.append(...Object.values(this.parts));
    }

    /** Show what is kept now, or why nothing can be: what the browser can do counts, its name only for the sentence. */
    async show() {
      const { editions, words } = this;
      if (!offline.able) return this.#say(/MicroMessenger/i.test(navigator.userAgent) ? words.weixin : words.none);
      const pointer = await editions.pointer();
      const kept = pointer && (await editions.kept(pointer.edition));
      const whole = kept ? await editions.whole(pointer.edition) : [];
      if (kept && covers(whole, [this.hold])) {
        this.#say(words.complete, [[words.remove, () => this.remove()]]);
        this.#facts(kept, this.hold);
        return;
      }
      const buttons = [[words.keep, () => this.start(false)]];
      if (kept) buttons.push([words.remove, () => this.remove()]);
      this.#say(kept ? words.partly : words.intro, buttons);
      if (kept) this.#facts(kept, ...whole);
    }

    /** Fetch everything. On a costly connection the size is told first. */
    async start(sure) {
      const { editions, words } = this;
      this.stop = new AbortController();
      const { signal } = this.stop;
      this.#say(words.looking, [[words.cancel, () => this.stop.abort()]]);
      try {
        await offered();
        const latest = await editions.latest(signal);
        const transfer = sum(editions.wanted(latest, [this.hold]), 'transfer');
        if (offline.costly && !sure) {
          this.#say(fill(words.costly, { size: megabytes(transfer) }), [[words.download, () => this.start(true)]]);
          return;
        }
        navigator.storage?.persist?.().catch(() => {});
        await this.#locked(() => this.#fetch(latest, signal));
      } catch (error) {
        const code = signal.aborted ? 'cancelled' : (error.code in words ? error.code : 'refused');
        console.warn('vademecum: not kept', error);
        this.#say(words[code], [[words.retry, () => this.start(true)]], code !== 'cancelled');
      }
    }

    async #fetch(latest, signal) {
      const { editions, words } = this;
      const pointer = await editions.pointer();
      const current = pointer && (await editions.kept(pointer.edition)) ? pointer : null;
      const holds = union(current?.holds ?? [], this.hold);
      const bar = document.createElement('progress');
      bar.setAttribute('aria-label', words.keep);
      this.#say('', [[words.cancel, () => this.stop.abort()]]);
      this.parts.progress.append(bar, document.createElement('span'));
      const tell = (received, total) => {
        bar.max = total;
        bar.value = received;
        bar.nextSibling.textContent = fill(words.progress, { received: megabytes(received), total: megabytes(total) });
      };
      await editions.fill(latest, holds, { signal, tell });
      if (current && current.edition !== latest.edition) {
        // Another edition is in use: the bar offers the new one, and the reader chooses when.
        if (!(await editions.offer(latest.edition, current.edition))) return this.show();
        this.#say(words.waits);
        offline.look();
        return;
      }
      await editions.use(latest.edition);
      await tellWorker({ type: 'forget' });
      await this.show();
    }

    /** Take everything away that the site keeps on this device. */
    async remove() {
      offline.removed = true;
      forgetRecent();
      try {
        await this.#locked(async () => {
          const registration = await navigator.serviceWorker.getRegistration(offline.base);
          await tellWorker({ type: 'forget' });
          await registration?.unregister();
          await this.editions.remove();
        });
        this.#say(this.words.removed);
      } catch (error) {
        console.warn('vademecum: not removed', error);
        this.#say(this.words.refused, [], true);
      }
    }

    /** The reader goes first: what runs in the background ends. */
    #locked(act) {
      return navigator.locks ? navigator.locks.request(this.editions.lock, { steal: true }, act) : act();
    }

    #say(text, buttons = [], failed = false) {
      for (const part of Object.values(this.parts)) part.replaceChildren();
      this.parts.text.textContent = text;
      this.parts.text.className = failed ? 'vm-keep__failed' : '';
      for (const [label, act] of buttons) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = label;
        button.className = label === this.words.remove ? 'vm-keep__quiet' : '';
        button.addEventListener('click', act);
        this.parts.buttons.append(button);
      }
    }

    /** What is on the device: how large, which edition, and of each guideline how old. */
    #facts(kept, ...holds) {
      const { words } = this;
      const files = this.editions.wanted(kept, holds);
      const size = fill(words.size, { size: megabytes(sum(files, 'size')), count: files.length, edition: kept.edition });
      const mine = kept.guidelines.filter(({ id }) => files.some((file) => file.guideline === id));
      const lines = mine.map((one) => [one, fill(words.guideline, one)]);
      const list = document.createElement('ul');
      for (const [{ id, title }, text] of [[{}, size], ...lines]) {
        const line = document.createElement('li');
        if (id) {
          const link = document.createElement('a');
          // The board of a guideline is the page nearest to the root.
          const [page = ''] = files.filter((file) => file.guideline === id).map(({ path }) => path)
            .filter((path) => path.endsWith('/index.html')).sort((a, b) => a.length - b.length);
          link.href = this.editions.url(page).replace(/index\.html$/, '');
          link.textContent = title;
          line.append(link, ' ');
        }
        line.append(text);
        list.append(line);
      }
      this.parts.facts.replaceChildren(list);
    }
  }

  /** The worker must be there for what is kept to be used; where it is refused, keeping is of no use. */
  async function offered() {
    try {
      await caches.keys();
      await navigator.serviceWorker.register(`${offline.base}sw.js`);
    } catch (error) {
      throw new Trouble(navigator.onLine === false ? 'network' : 'refused', error);
    }
  }

  /** The pages used lately go too; recent.js shows it, as when another tab has done it. */
  function forgetRecent() {
    try {
      localStorage.removeItem(offline.recent);
      dispatchEvent(new Event('storage'));
    } catch {
      // Where it may not be stored nothing is there.
    }
  }

  async function tellWorker(message) {
    (await navigator.serviceWorker.getRegistration(offline.base))?.active?.postMessage(message);
  }

  let made = null;

  /** Take over the control of a page. @param {boolean} [begin] whether the reader has asked for all to be kept */
  keeping.control = (place, begin = false) => {
    made ??= new Keep(place);
    if (begin && offline.able) return made.start(false);
    return made.show().catch(() => made.start(false));
  };
})();

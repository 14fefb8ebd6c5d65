// What the custom elements share: making elements, filling words, copying, and telling the state of Python.
"use strict";

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const MEGABYTE = 1e6;
  const MINUTE = 60_000;

  /** An element with a class and a text; only ever textContent, so that no text is read as markup. */
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = text;
    // A text without a translation begins with its language, as said.py writes it.
    const foreign = /^\s*\[([a-z]{2}(?:-[A-Za-z]+)*)\] /.exec(text);
    if (foreign) made.lang = foreign[1];
    return made;
  };

  /** A heading and a list; each item is an array of texts and elements. */
  const list = (title, items) => {
    const part = document.createDocumentFragment();
    part.append(element("h4", "", title));
    const made = element("ul");
    for (const item of items) {
      const line = element("li");
      line.append(...item);
      made.append(line);
    }
    part.append(made);
    return part;
  };

  const link = (text, href) => {
    const made = element("a", "", text);
    made.href = href;
    return made;
  };

  /** The caveats of an answer, each with the way to its place on the about page. */
  const caveatList = (caveats, { words, about }) =>
    list(words.caveats, caveats.map((caveat) => [link(caveat.id, `${about}#${caveat.id}`), element("span", "", ` ${caveat.text}`)]));

  /** The references of an answer as they are printed, or the words that say that the source prints none. */
  const refsText = (refs, words) => (refs.length ? refs.map((number) => `[${number}]`).join("") : words.refs_none);

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  /** Date and time of this device, such as 2026-11-24 20:15. */
  const now = () => {
    const date = new Date();
    return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16).replace("T", " ");
  };

  /** Copy a text; where the browser does not allow it, show it below the button to be selected. Gives whether it was copied. */
  const copy = async (text, button, words) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = element("textarea", "vm-copy");
      area.value = text;
      area.readOnly = true;
      area.setAttribute("aria-label", words.copy);
      const place = button.parentElement;
      for (const old of place.parentElement.querySelectorAll(".vm-copy")) old.remove();
      place.after(element("p", "vm-copy", words.copy_failed), area);
      area.select();
      return false;
    }
  };

  // One file may hold many pages, each in an element with `data-page` whose id is its address; single-file.js then gives
  // `pageAt`, the page that a fragment leads to, and tells a page that it is shown. On a site a page is the document.

  /** The part of the document in which an element's names mean something. */
  const pageOf = (inner) => inner.closest("[data-page]") ?? document;

  /** Whether the address leads to the page of an element. */
  const isHere = (inner) => pageOf(inner) === document || pageOf(inner) === Vademecum.pageAt(location.hash);

  /** Act at once and whenever the reader comes to the page of an element, but not before. */
  const whenShown = (inner, act) => {
    pageOf(inner).addEventListener("vademecum-shown", act);
    if (isHere(inner)) act();
  };

  /** What a link gives to an element: its fragment; in a file of many pages what stands there behind `?`. */
  const given = (inner) => {
    const fragment = location.hash.slice(1);
    if (pageOf(inner) === document) return fragment;
    return isHere(inner) ? fragment.slice(fragment.indexOf("?") + 1 || fragment.length) : "";
  };

  /** A page's address with what is given to its elements. */
  const withGiven = (page, inputs) => (inputs ? page + (page.includes("#") ? "?" : "#") + inputs : page);

  /** The address of the page of an element, within this host. */
  const addressOf = (inner) => {
    const { id } = pageOf(inner);
    return location.pathname + location.search + (id ? `#${id}` : "");
  };

  /** Tell in `slot` how far Python is, with the button that the state calls for. */
  const showState = (slot, state, client, words) => {
    const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1);
    const button = (text, act) => {
      const made = element("button", "", text);
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    };
    slot.classList.toggle("vm-python--failed", state.name === "failed");
    if (state.name === "downloading") {
      // The bar is updated in place, so that a screen reader is not told every kilobyte.
      let bar = slot.querySelector("progress");
      if (!bar) {
        bar = element("progress");
        slot.replaceChildren(element("span"), " ", button(words.cancel, () => client.cancel()), bar);
      }
      bar.max = state.total || 1;
      bar.value = state.received;
      bar.setAttribute("aria-label", words.start);
      const parts = { received: megabytes(state.received), total: megabytes(state.total) };
      slot.firstChild.textContent = fill(words.downloading, parts);
      return;
    }
    const text = {
      idle: words.idle,
      waiting: fill(words.waiting, { size: megabytes(state.bytes ?? 0) }),
      starting: words.starting,
      ready: words.ready,
      failed: state.message,
    }[state.name];
    slot.replaceChildren(element("span", "", text));
    const tap = { idle: words.start, waiting: words.start, failed: words.retry }[state.name];
    if (tap && client) slot.append(" ", button(tap, () => client.start({ tapped: true })));
  };

  Object.assign(Vademecum, { element, link, list, caveatList, refsText, fill, now, copy, showState });
  Object.assign(Vademecum, { pageOf, isHere, whenShown, given, withGiven, addressOf });
})();

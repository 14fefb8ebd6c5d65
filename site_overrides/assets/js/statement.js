// What every page of a guideline listens for: the rest is loaded on first use. Without scripts there are links and text.
"use strict";

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const { use, explanations, copy } = document.currentScript.dataset;
  const LINKS = ".vm-ref, .vm-word";
  const HOVER = 250;
  let loading;
  let timer;

  const script = (src) =>
    new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement("script"), { src });
      made.addEventListener("load", resolve);
      made.addEventListener("error", reject);
      document.head.append(made);
    });

  /** What a tap needs: the code, and the texts of this guideline, whose folder their address names. */
  const load = () =>
    (loading ??= Promise.all([script(use), script(explanations)])
      .then(() => Vademecum.statements(new URL(".", new URL(explanations, location.href)).href))
      .catch((error) => {
        loading = undefined;
        throw error;
      }));

  document.addEventListener("click", (event) => {
    const link = event.target.closest(LINKS);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(timer);
    // A key makes a click without a count: then the explanation takes the focus.
    load().then(({ explain }) => explain(link, !event.detail)).catch(() => location.assign(link.href));
  });

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse") return;
    clearTimeout(timer);
    const link = target.closest(LINKS);
    if (link || loading) timer = setTimeout(() => load().then(({ explain, leave }) => (link ? explain(link) : leave(target))).catch(() => {}), HOVER);
  });

  // Does not bubble. The buttons of a statement are made when it is unfolded: most never are.
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches("[data-statement] > .vm-layer")) load().then(({ copies }) => copies(target)).catch(() => {});
  }, true);

  for (const table of document.querySelectorAll(".vm-table")) {
    const button = Object.assign(document.createElement("button"), { className: "vm-copy", type: "button", textContent: copy });
    button.addEventListener("click", () => load().then(({ copyTable }) => copyTable(table, button)).catch(() => {}));
    table.after(button);
  }

  const unfold = () => {
    const layer = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector(":scope[data-statement] > .vm-layer");
    if (layer) layer.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
})();

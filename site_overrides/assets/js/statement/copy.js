// Copies of statements and tables as plain text, each with its citation, edition and address.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { make } = Vademecum;
  const ON_SCREEN = ".vm-caveat__more, .vm-statement__link, .vm-explain, .vm-note > a";

  /** The text of an element on one line, without what is only for the screen. */
  const line = (element) => {
    const bare = element.cloneNode(true);
    for (const part of bare.querySelectorAll(ON_SCREEN)) part.remove();
    return bare.textContent.replace(/\s+/g, " ").trim();
  };
  const lines = (part, selector) => [...part.querySelectorAll(selector)].map(line);

  /** Copy a text; where the browser does not allow it, show it behind the button, selected. */
  const copy = async (text, button, words) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = words.copied;
    } catch {
      const area = make("textarea", "vm-copied");
      area.value = text;
      area.readOnly = true;
      area.setAttribute("aria-label", words.copy_failed);
      const place = button.parentElement;
      place.querySelector(":scope > .vm-copied")?.remove();
      (place.matches(".vm-copies") ? [...place.children].at(-1) : button).after(area);
      area.select();
    }
  };

  /** What a page asks for when it is used: explanations and copies of one guideline. */
  Vademecum.statements = (root) => {
    const told = Vademecum.explanations;
    const { words, footer, texts } = told;
    const whole = (parts, address) => [...parts, "", footer, address].join("\n");

    const statement = (article) => {
      const cited = [...article.querySelectorAll(".vm-statement__text .vm-ref")].map((link) => texts[link.href.slice(root.length)]);
      return [
        ...lines(article, ".vm-statement__head, .vm-statement__text, .vm-caveat, .vm-place"),
        ...cited.map(([number, citation]) => `${number} ${citation}`),
      ];
    };

    const copies = (layer) => {
      const article = layer.parentElement;
      if (article.querySelector(".vm-copies")) return;
      const { href } = article.querySelector(".vm-statement__link");
      const bar = make("p", "vm-copies");
      const button = (label, text) => {
        const made = make("button", "vm-copy", label);
        made.type = "button";
        made.addEventListener("click", () => copy(text(), made, words));
        bar.append(made);
      };
      button(words.copy_link, () => href);
      button(words.copy_text, () => whole(statement(article), href));
      layer.append(bar);
    };

    /** Rows as lines, cells between tabs; the notes below the table, and where its caveats are told. */
    const copyTable = (region, button) => {
      const rows = [...region.querySelectorAll("tr")].map((row) => [...row.children].map(line).join("\t"));
      const notes = [];
      for (let next = button.nextElementSibling; next?.matches(".vm-note, .vm-copied"); next = next.nextElementSibling) {
        if (next.matches(".vm-note")) notes.push(line(next));
      }
      const caption = region.querySelector("caption").textContent.trim();
      return copy(whole([caption, ...rows, ...notes], location.href.split("#")[0]), button, words);
    };

    return { ...Vademecum.explainer(root, told), copies, copyTable };
  };
})();

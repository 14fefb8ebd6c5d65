// Shows in place what a reference, an abbreviation or a drug's name stands for.
"use strict";

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const EDGE = 8;

  const make = (name, className, text = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  /**
   * The explanations of a guideline.
   * @param {string} root the address of the guideline's folder
   * @param {{texts: Object<string, string[]>, words: Object<string, string>}} told
   */
  Vademecum.explainer = (root, { texts, words }) => {
    const note = make("span", "vm-explain");
    note.popover = "auto";
    note.tabIndex = -1;
    note.setAttribute("role", "note");

    /** Below the link, or above it where there is no room. */
    const place = (link) => {
      const at = link.getBoundingClientRect();
      const below = at.bottom + EDGE;
      const fits = below + note.offsetHeight < innerHeight;
      note.style.top = `${fits ? below : Math.max(EDGE, at.top - note.offsetHeight - EDGE)}px`;
      note.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - note.offsetWidth - EDGE))}px`;
    };

    /** In the text behind the link, so that the next key after it leads there; over it where the browser has popovers. */
    const explain = (link, focus) => {
      const [title, text, lang] = texts[link.href.slice(root.length)];
      const body = make("span", "", ` ${text} `);
      if (lang) body.lang = lang;
      const more = make("a", "", words.more);
      more.href = link.href;
      note.replaceChildren(make("strong", "", title), body, more);
      note.setAttribute("aria-label", title);
      link.after(note);
      if (note.showPopover) {
        note.showPopover();
        place(link);
      }
      if (focus) note.focus();
    };

    /** The pointer has gone elsewhere: to the explanation itself it may. */
    const leave = (target) => {
      if (note.isConnected && note.showPopover && !note.contains(target) && !note.matches(":focus-within")) note.hidePopover();
    };

    return { explain, leave };
  };

  Vademecum.make = make;
})();

// Walks through a pathway, one question at a time. It knows no branch and no advice: every step comes from the engine.
// The answers live in the page's history entry, so that 'back' and 'reload' keep the place; a link with the answers in
// its fragment is made only when the reader asks for one.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { element, fill, link, list, caveatList, refsText } = Vademecum;

  /** Answers as a fragment: bs-result=positive&crcl=45+mL/min */
  const toFragment = (answers) => new URLSearchParams(answers).toString();
  const fromFragment = (fragment) => (fragment.includes("=") ? [...new URLSearchParams(fragment)] : null);

  /** The statements of a step, each with its place in the source, and their references. */
  const basisElements = (step, { words, texts, pages, places }) => {
    const part = document.createDocumentFragment();
    const statement = (id) => [link(texts[id] ?? id, pages[id] ?? "#"), fill(words.brackets, { text: places[id] ?? "" })];
    part.append(list(words.statements, step.statements.map(statement)));
    part.append(element("p", "vm-statement__foot", `${words.refs} ${refsText(step.refs, words)}`));
    return part;
  };

  /** What stands below the text of a node that ends a walk; teaching cases print it too. */
  const endElements = (step, config, actions = "") => {
    const { words, ways, notice } = config;
    const part = document.createDocumentFragment();
    const wayOn = (way) => {
      const inputs = toFragment(Object.entries(way.inputs));
      return link(way.label, Vademecum.withGiven(ways[way.page], inputs));
    };
    part.append(element("p", "vm-guide__kind", words[step.state]), basisElements(step, config));
    if (step.caveats.length) part.append(caveatList(step.caveats, config));
    if (step.links.length) part.append(list(words.next, step.links.map((way) => [wayOn(way)])));
    part.append(actions);
    if (!step.caveats.some((caveat) => caveat.text === notice)) part.append(element("p", "vm-notice", notice));
    return part;
  };

  class PathwayGuide extends HTMLElement {
    #config;
    #client;
    /** @type {[string, string][]} question and answer, in the order of the walk */
    #answers = [];
    /** @type {[string, string][]} later answers, kept while an earlier one is being changed */
    #later = [];
    #moved = false;
    #page;

    connectedCallback() {
      this.#config = JSON.parse(this.querySelector("script[data-config]").textContent);
      this.#page = Vademecum.pageOf(this);
      Vademecum.whenShown(this, () => this.#client === undefined && this.#begin());
    }

    #begin() {
      this.#client = Vademecum.pythonClient();
      if (!this.#client) {
        Vademecum.showState(this.querySelector("[data-python]"), { name: "failed", message: this.#config.words.absent }, null, this.#config.words);
        return;
      }
      addEventListener("popstate", (event) => Vademecum.isHere(this) && this.#restore(event.state));
      this.#client.onstate((state) => {
        Vademecum.showState(this.querySelector("[data-python]"), state, this.#client, this.#config.words);
      });
      this.#restore(history.state, fromFragment(Vademecum.given(this)));
      this.#client.start();
    }

    /** Take the place from the history entry, or from a link that was made on request. */
    #restore(state, linked = null) {
      const kept = state?.vademecum?.pathway === this.dataset.pathway ? state.vademecum.answers : null;
      this.#later = [];
      this.#answers = kept ?? linked ?? [];
      this.#walk({ linked: !kept && linked !== null });
    }

    #remember(replace = false) {
      const state = { ...history.state, vademecum: { pathway: this.dataset.pathway, answers: this.#answers } };
      if (replace) history.replaceState(state, "");
      else history.pushState(state, "", Vademecum.addressOf(this));
    }

    async #walk({ linked = false, note = "" } = {}) {
      const fields = { guideline: this.dataset.guideline, pathway: this.dataset.pathway, answers: this.#answers };
      const reply = await this.#client.request("walk", fields, { form: this.dataset.pathway });
      if (reply.superseded || reply.cancelled) return;
      const { words } = this.#config;
      if (!reply.ok) {
        this.#fail(fill(words.error, { message: reply.error.message }));
        return;
      }
      const step = reply.result;
      if (step.state === "refused") {
        // Only a link, or a page of another build, can name what the pathway does not have.
        this.#answers = [];
        this.#remember(true);
        this.#walk({ note: linked ? words.lost : step.message });
        return;
      }
      if (step.dropped.length) {
        const dropped = new Set(step.dropped);
        this.#answers = this.#answers.filter(([node]) => !dropped.has(node));
        const names = step.dropped.map((node) => this.#config.nodes[node] ?? node);
        note ||= fill(words.dropped, { fields: names.join(words.semicolon) });
        this.#remember(true);
      }
      if (linked) this.#remember(true);
      this.#show(step, note);
    }

    async #answer(node, value) {
      const before = this.#answers;
      const tried = [...this.#answers, [node, value], ...this.#later];
      const fields = { guideline: this.dataset.guideline, pathway: this.dataset.pathway, answers: tried };
      const reply = await this.#client.request("walk", fields, { form: this.dataset.pathway });
      if (reply.superseded || reply.cancelled || this.#answers !== before) return;
      if (reply.ok && reply.result.state === "refused") {
        this.#refuse(reply.result.message);
        return;
      }
      this.#answers = tried;
      this.#later = [];
      this.#moved = true;
      this.#remember();
      this.#walk();
    }

    /** Show an earlier question again; what was answered after it is kept for as long as it fits. */
    #change(index) {
      this.#later = this.#answers.slice(index + 1);
      this.#answers = this.#answers.slice(0, index);
      this.#moved = true;
      this.#walk();
    }

    #restart() {
      this.#answers = [];
      this.#later = [];
      this.#moved = true;
      this.#remember();
      this.#walk();
    }

    #fail(message) {
      this.#step().replaceChildren(element("p", "vm-notice", message));
    }

    #step() {
      return this.querySelector("[data-step]");
    }

    #show(step, note) {
      const { words } = this.#config;
      const place = this.querySelector("[data-place]");
      place.textContent = `${fill(words.step, { step: step.trail.length + 1 })} · ${words[step.state]}${note ? ` · ${note}` : ""}`;
      const box = this.#step();
      box.className = `vm-guide vm-guide--${step.state}`;
      const heading = element("h3", "vm-guide__question", step.text);
      heading.tabIndex = -1;
      box.replaceChildren(heading);
      if (step.state === "question") box.append(step.input ? this.#number(step) : this.#options(step));
      else box.append(this.#end(step));
      if (step.trail.length) box.append(this.#trail(step));
      this.#mark(step);
      if (this.#moved) heading.focus({ preventScroll: true });
      if (this.#moved) box.scrollIntoView({ block: "nearest" });
    }

    #options(step) {
      const options = element("ul", "vm-guide__options");
      for (const option of step.options) {
        const button = this.#button(option.label, () => this.#answer(step.node, option.id), "vm-guide__option");
        const item = element("li");
        item.append(button);
        options.append(item);
      }
      return options;
    }

    #number(step) {
      const form = element("form", "vm-guide__number");
      form.noValidate = true;
      const label = element("label", "", step.input.label + fill(this.#config.words.brackets, { text: step.input.units.map((limits) => limits.unit).join(" / ") }));
      const field = element("input");
      Object.assign(field, { type: "text", inputMode: "decimal", maxLength: 64, autocomplete: "off", name: "number" });
      label.append(field);
      const error = element("p", "vm-field__error");
      error.hidden = true;
      error.setAttribute("role", "alert");
      const go = element("button", "md-button md-button--primary", this.#config.words.answer_number);
      form.append(label, error, go);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (field.value.trim()) this.#answer(step.node, field.value.trim());
        else this.#refuse(fill(this.#config.words.missing, { fields: step.input.label }));
      });
      field.addEventListener("input", () => {
        error.hidden = true;
        field.removeAttribute("aria-invalid");
      });
      return form;
    }

    #refuse(message) {
      const error = this.querySelector(".vm-field__error");
      if (!error) {
        this.#fail(message);
        return;
      }
      error.textContent = message;
      error.hidden = false;
      const field = this.querySelector(".vm-guide__number input");
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }

    #end(step) {
      const { words } = this.#config;
      const actions = element("p", "vm-form__actions");
      actions.append(
        this.#button(words.copy, (button) => this.#copy(button, this.#text(step), words.copied)),
        this.#button(words.link, (button) => this.#copy(button, this.#address(), words.link_made)),
        this.#button(words.restart, () => this.#restart()),
      );
      return endElements(step, this.#config, actions);
    }

    #trail(step) {
      const { words } = this.#config;
      const part = element("details", "vm-guide__trail");
      part.open = true;
      part.append(element("summary", "", words.your_answers));
      const answers = element("ol");
      step.trail.forEach((taken, index) => {
        const item = element("li", "", `${taken.text} ${taken.value ?? taken.label} `);
        const button = this.#button(words.change, () => this.#change(index));
        button.setAttribute("aria-label", words.change + words.colon + taken.text);
        item.append(button);
        answers.append(item);
      });
      part.append(answers);
      if (step.state === "question") part.append(this.#button(words.back, () => this.#change(step.trail.length - 1)), " ", this.#button(words.restart, () => this.#restart()));
      return part;
    }

    #mark(step) {
      const flow = this.#page.querySelector(".vm-flow");
      const drawn = (node) => flow?.querySelector(`.vm-flow__node > [data-node="${CSS.escape(node)}"]`)?.parentElement;
      for (const marked of this.#page.querySelectorAll(".vm-flow [data-on-trail]")) marked.removeAttribute("data-on-trail");
      const nodes = [...step.trail.map((taken) => taken.node), step.node];
      for (const node of nodes) drawn(node)?.setAttribute("data-on-trail", "");
      for (const { node, answer } of step.trail) {
        flow?.querySelector(`[data-edge="${CSS.escape(`${node}=${answer}`)}"]`)?.setAttribute("data-on-trail", "");
      }
      flow?.querySelector("[aria-current]")?.removeAttribute("aria-current");
      drawn(step.node)?.setAttribute("aria-current", "step");
    }

    #text(step) {
      const { words, title, guideline, cite_as, edition, version, notice, texts, places } = this.#config;
      const lines = [`${title} · ${guideline}`];
      step.trail.forEach((taken, index) => lines.push(`${index + 1}. ${taken.text} ${taken.value ?? ""} ${taken.label}`.replace(/ +/g, " ")));
      lines.push(`${words[step.state]}: ${step.text}`);
      for (const id of step.statements) lines.push(`- ${texts[id] ?? id}${fill(words.brackets, { text: places[id] ?? "" })}`);
      for (const caveat of step.caveats) lines.push(`${caveat.id}: ${caveat.text}`);
      lines.push(`${words.refs}: ${refsText(step.refs, words)}`);
      lines.push(`${cite_as} · ${edition} · ${version}`, `${words.date}: ${Vademecum.now()}`, notice);
      return lines.join("\n");
    }

    #address() {
      return new URL(Vademecum.withGiven(Vademecum.addressOf(this), toFragment(this.#answers)), location.href).href;
    }

    async #copy(button, text, done) {
      if (await Vademecum.copy(text, button, this.#config.words)) button.textContent = done;
    }

    #button(text, act, className = "md-button") {
      const made = element("button", className, text);
      made.type = "button";
      made.addEventListener("click", () => act(made));
      return made;
    }
  }

  Object.assign(Vademecum, { PathwayGuide, basisElements, endElements });
})();

// A teaching case: the learner chooses, the engine answers, and the page says whether the two agree and why.
// It knows no right answer: each is asked of the engine. Nothing that is chosen is stored or put into the address.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { element, fill, link } = Vademecum;

  /**
   * A question as the page's configuration holds it.
   * @typedef {object} Asked
   * @property {string} [calculator] id of the calculator that answers
   * @property {Record<string, string>} [inputs] what the case gives, as typed
   * @property {string} [pathway] id of the pathway that is walked
   * @property {[string, string][]} [answers] the patient's answers in the order of the walk
   * @property {string[] | null} choices what is offered: keys as of `keyOf`, or ids of nodes; null: options of each node
   */

  /** A text that equals that of the choice which says the same; generator/teaching.py makes the choices' texts. */
  const keyOf = (outcome) => {
    const readings = outcome.alternatives.map(({ value, unit }) => `${value} ${unit}`);
    const said = outcome.kind === "undetermined" ? readings.sort().join("; ") : (outcome.display ?? outcome.field ?? "");
    return `${outcome.kind} ${said}`.trim();
  };

  let configuration = null;
  /** The configuration of the page's cases, read once; the statements are titled by their text and place. */
  const readConfiguration = () => {
    if (configuration) return configuration;
    const config = JSON.parse(document.querySelector("script[data-teaching-config]").textContent);
    const place = (id) => fill(config.words.brackets, { text: config.places[id] });
    const titles = Object.fromEntries(Object.entries(config.texts).map(([id, text]) => [id, text + place(id)]));
    configuration = { ...config, titles };
    return configuration;
  };

  class TeachingCase extends HTMLElement {
    #config;
    #client;
    /** @type {WeakMap<HTMLFormElement, number>} how often a form's verdict has become stale */
    #stale = new WeakMap();

    connectedCallback() {
      this.#config = readConfiguration();
      Vademecum.whenShown(this, () => this.#client === undefined && this.#begin());
    }

    #begin() {
      this.#client = Vademecum.pythonClient();
      if (!this.#client) {
        this.#tell({ name: "failed", message: this.#config.words.absent });
        return;
      }
      for (const form of this.querySelectorAll("form")) this.#enliven(form);
      this.#client.onstate((state) => this.#tell(state));
      this.#client.start();
    }

    /** The page's one line about Python; the printed solutions stay open to readers whose browser cannot judge. */
    #tell(state) {
      const slot = document.querySelector("[data-teaching-python]");
      if (this === document.querySelector("teaching-case")) Vademecum.showState(slot, state, this.#client, this.#config.words);
      const judging = ["downloading", "starting", "ready"].includes(state.name);
      for (const solution of this.querySelectorAll(".vm-solution")) solution.hidden = judging;
    }

    #enliven(form) {
      const button = element("button", "md-button md-button--primary", this.#config.words.submit_answer);
      const actions = element("p", "vm-quiz__actions");
      actions.append(button);
      form.append(actions);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#judge(form);
      });
      form.addEventListener("input", () => this.#clear(form));
      if (form.dataset.turn > 0) form.hidden = true;
    }

    /** A verdict goes as soon as another answer is chosen, and with it the questions that follow from it. */
    #clear(form) {
      for (const other of this.#followers(form)) {
        this.#stale.set(other, (this.#stale.get(other) ?? 0) + 1);
        other.hidden = other !== form;
        if (other !== form) other.reset();
        this.#verdict(other).hidden = true;
        this.#verdict(other).replaceChildren();
        for (const marked of other.querySelectorAll("[data-verdict]")) marked.removeAttribute("data-verdict");
      }
    }

    /** The form and those of the same walk that come after it. */
    #followers(form) {
      const own = [...form.closest("[data-step]").querySelectorAll("form")];
      return own.slice(own.indexOf(form));
    }

    #verdict(form) {
      return form.nextElementSibling;
    }

    async #judge(form) {
      const { words } = this.#config;
      const chosen = form.querySelector("input:checked");
      this.#clear(form);
      if (!chosen) {
        this.#say(form, "pending", [element("p", "", words.choose_first)]);
        return;
      }
      const asked = this.#stale.get(form);
      this.#say(form, "pending", [element("p", "", this.#client.state.name === "ready" ? words.working : words.queued)]);
      const found = await this.#ask(form);
      if (asked !== this.#stale.get(form)) return;
      if (found.none) {
        this.#clear(form);
        return;
      }
      if (found.error) {
        this.#say(form, "pending", [element("p", "", fill(words.judging_failed, { message: found.error.message }))]);
        for (const solution of this.querySelectorAll(".vm-solution")) solution.hidden = false;
        return;
      }
      this.#show(form, chosen, found);
    }

    /** Ask the engine for the right answer: which choice it is, and the elements that explain it. */
    #ask(form) {
      const { step } = form.closest("[data-step]").dataset;
      const { turn } = form.dataset;
      /** @type {Asked} */
      const asked = this.#config.cases[this.dataset.teaching][step];
      const who = { form: `${this.dataset.teaching}/${step}/${turn}` };
      return asked.calculator ? this.#askCalculator(asked, who) : this.#askPathway(asked, Number(turn), who);
    }

    async #askCalculator({ calculator, inputs, choices }, who) {
      const reply = await this.#request("calculate", { calculator, inputs }, who);
      if (!reply.ok) return reply;
      return { right: choices.indexOf(keyOf(reply.result)), explained: () => this.#outcome(calculator, reply.result) };
    }

    async #askPathway({ pathway, answers, choices }, turn, who) {
      const taken = choices ? answers : answers.slice(0, turn + 1);
      const reply = await this.#request("walk", { pathway, answers: taken }, who);
      if (!reply.ok) return reply;
      const end = reply.result;
      if (choices) return { right: choices.indexOf(end.node), explained: () => this.#end(end) };
      const before = await this.#request("walk", { pathway, answers: answers.slice(0, turn) }, who);
      if (!before.ok) return before;
      const { answer } = end.trail[turn];
      const right = before.result.options.findIndex((option) => option.id === answer);
      const last = turn === answers.length - 1;
      return { right, explained: () => (last ? this.#end(end) : this.#basis(before.result)) };
    }

    /** The engine's reply; `none` when nobody waits for it any more. */
    async #request(op, fields, who) {
      const reply = await this.#client.request(op, { guideline: this.dataset.guideline, ...fields }, who);
      return reply.superseded || reply.cancelled ? { ok: false, none: true } : reply;
    }

    #show(form, chosen, { right, explained }) {
      const { words } = this.#config;
      const labels = [...form.querySelectorAll(".vm-choice")];
      const index = labels.findIndex((label) => label.contains(chosen));
      const verdict = index === right ? "right" : "wrong";
      labels[index].setAttribute("data-verdict", verdict);
      const text = (label) => label.querySelector(".vm-choice__text").textContent;
      const lines = [element("p", "vm-verdict__mark", words[verdict])];
      if (verdict === "wrong") lines.push(element("p", "", words.you_chose + words.colon + text(labels[index])));
      if (labels[right]) lines.push(element("p", "", words.right_answer + words.colon + text(labels[right])));
      this.#say(form, verdict, [...lines, explained()]);
      const [, next] = this.#followers(form);
      if (next) next.hidden = false;
      this.#verdict(form).focus({ preventScroll: true });
      this.#verdict(form).scrollIntoView({ block: "nearest" });
    }

    #say(form, kind, parts) {
      const box = this.#verdict(form);
      box.className = `vm-verdict vm-verdict--${kind}`;
      box.replaceChildren(...parts);
      box.hidden = false;
    }

    /** The calculator's answer as its own page prints it, and the row of its table. */
    #outcome(calculator, outcome) {
      const box = element("section", `vm-answer vm-answer--${outcome.kind}`);
      box.append(Vademecum.outcomeElements(outcome, this.#config));
      const hit = outcome.reasons.find((reason) => reason.hit);
      const [label, page] = this.#config.rows[calculator]?.[hit?.row] ?? [];
      if (label) {
        const line = element("p", "vm-case__row", this.#config.words.rule_row + this.#config.words.colon);
        line.append(link(label, page));
        box.append(line);
      }
      return box;
    }

    /** The end of a walk as the pathway's own page prints it. */
    #end(step) {
      const box = element("section", `vm-guide vm-guide--${step.state}`);
      box.append(element("p", "vm-guide__question", step.text), Vademecum.endElements(step, this.#config));
      return box;
    }

    #basis(step) {
      const box = element("section", "vm-guide");
      box.append(Vademecum.basisElements(step, this.#config));
      return box;
    }
  }

  Object.assign(Vademecum, { TeachingCase });
})();

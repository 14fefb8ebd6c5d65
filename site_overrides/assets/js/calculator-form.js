// The calculator's form: reads the fields, asks the engine, shows the answer. It knows no rule and no dose.
// An answer is never left standing once an input has changed, and nothing is asked while a required field is empty.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { element, fill } = Vademecum;

  class CalculatorForm extends HTMLElement {
    #config;
    #form;
    #answer;
    #client;
    #asked = 0;
    #page;

    connectedCallback() {
      this.#config = JSON.parse(this.querySelector("script[data-config]").textContent);
      this.#form = this.querySelector("form");
      this.#answer = this.querySelector("[data-answer]");
      this.#page = Vademecum.pageOf(this);
      this.#form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#calculate();
      });
      // `input` covers typing, pasting and choosing; it comes before the next frame is painted.
      this.#form.addEventListener("input", () => this.#clear());
      this.#form.addEventListener("change", () => this.#clear());
      this.#form.addEventListener("reset", () => this.#clear());
      Vademecum.whenShown(this, () => this.#shown());
    }

    #shown() {
      this.#takeFragment();
      if (this.#client !== undefined) return;
      const slot = this.querySelector("[data-python]");
      const { words } = this.#config;
      this.#client = Vademecum.pythonClient();
      if (!this.#client) {
        Vademecum.showState(slot, { name: "failed", message: words.absent }, null, words);
        return;
      }
      this.#client.onstate((state) => Vademecum.showState(slot, state, this.#client, words));
      this.#client.start();
    }

    /** Fill the form from a link that a calculator or pathway made on request, such as #drug=x&crcl=123/7. */
    #takeFragment() {
      const given = new URLSearchParams(Vademecum.given(this));
      const carried = [];
      for (const input of this.#config.inputs) {
        const value = given.get(input.id);
        if (value === null) continue;
        const field = this.querySelector(`[data-field="${input.id}"] [name="${input.id}"]`);
        const fits =
          field instanceof HTMLSelectElement
            ? [...field.options].some((option) => option.value === value)
            : value.length <= field.maxLength;
        if (!fits) continue;
        field.value = value;
        carried.push(input.label);
      }
      if (!carried.length) return;
      this.#clear();
      this.#note(fill(this.#config.words.carried, { label: carried.join(this.#config.words.listing) }));
    }

    #note(text) {
      const slot = this.querySelector("[data-python]");
      const line = element("p", "vm-python__note", text);
      slot.before(line);
      this.#form.addEventListener("input", () => line.remove(), { once: true });
    }

    #clear() {
      this.#asked += 1; // an answer that is still under way is too late now
      this.#answer.hidden = true;
      this.#answer.replaceChildren();
      for (const row of this.#page.querySelectorAll("[data-row][data-hit]")) row.removeAttribute("data-hit");
      for (const error of this.querySelectorAll(".vm-field__error")) error.hidden = true;
      for (const field of this.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    }

    #inputs() {
      const inputs = {};
      for (const { id } of this.#config.inputs) {
        const box = this.querySelector(`[data-field="${id}"]`);
        const value = box.querySelector(`[name="${id}"]:not([data-unit])`).value.trim();
        const unit = box.querySelector("[data-unit]")?.value;
        // A unit that was typed wins: the engine then sees both and refuses a contradiction.
        if (value) inputs[id] = unit ? `${value} ${unit}` : value;
      }
      return inputs;
    }

    async #calculate() {
      this.#clear();
      const asked = this.#asked;
      const inputs = this.#inputs();
      const missing = this.#config.inputs.filter((input) => input.required && !(input.id in inputs));
      if (missing.length) {
        const message = fill(this.#config.words.missing, { fields: missing.map((input) => input.label).join(this.#config.words.listing) });
        this.#refuse(missing.map((input) => ({ field: input.id, message })), message);
        return;
      }
      if (!this.#client) return;
      this.#pending(this.#client.state.name === "ready" ? this.#config.words.working : this.#config.words.queued);
      const fields = { guideline: this.dataset.guideline, calculator: this.dataset.calculator, inputs };
      const reply = await this.#client.request("calculate", fields, { form: this.dataset.calculator });
      if (asked !== this.#asked || reply.superseded) return;
      if (reply.cancelled) this.#clear();
      else if (reply.ok) this.#show(reply.result);
      else this.#pending(fill(this.#config.words.error, { message: reply.error.message }), "refused");
    }

    #pending(text, kind = "pending") {
      this.#answer.className = `vm-answer vm-answer--${kind}`;
      this.#answer.replaceChildren(element("p", "", text));
      this.#answer.hidden = false;
    }

    #refuse(problems, summary) {
      for (const { field, message } of problems) {
        const box = this.querySelector(`[data-field="${field}"]`);
        if (!box) continue;
        const error = box.querySelector(".vm-field__error");
        error.textContent = message;
        error.hidden = false;
        box.querySelector("input, select").setAttribute("aria-invalid", "true");
      }
      this.#answer.className = "vm-answer vm-answer--refused";
      this.#answer.replaceChildren(element("h3", "vm-answer__kind", this.#config.outcomes.refused), element("p", "", summary));
      this.#answer.hidden = false;
      this.querySelector("[aria-invalid]")?.focus();
    }

    #show(outcome) {
      if (outcome.kind === "refused") {
        this.#refuse(outcome.problems, outcome.message);
        return;
      }
      this.#answer.className = `vm-answer vm-answer--${outcome.kind}`;
      this.#answer.replaceChildren(Vademecum.outcomeElements(outcome, this.#config), this.#actions(outcome));
      this.#answer.hidden = false;
      for (const reason of outcome.reasons) {
        if (reason.hit) this.#page.querySelector(`[data-row="${CSS.escape(reason.row)}"]`)?.setAttribute("data-hit", "");
      }
      this.#answer.focus({ preventScroll: true });
      this.#answer.scrollIntoView({ block: "nearest" });
    }

    #actions(outcome) {
      const actions = element("p", "vm-form__actions");
      const copy = element("button", "md-button", this.#config.words.copy);
      copy.type = "button";
      copy.addEventListener("click", () => this.#copy(outcome, copy));
      actions.append(copy);
      if (outcome.exact && this.dataset.carryPage) {
        const carry = element("a", "md-button", this.#config.words.carry);
        carry.href = Vademecum.withGiven(this.dataset.carryPage, `${new URLSearchParams({ [this.dataset.carryTo]: outcome.exact })}`);
        actions.append(carry);
      }
      return actions;
    }

    async #copy(outcome, button) {
      const text = Vademecum.outcomeText(outcome, this.#config, Vademecum.now());
      if (await Vademecum.copy(text, button, this.#config.words)) button.textContent = this.#config.words.copied;
    }
  }

  Object.assign(Vademecum, { CalculatorForm });
})();

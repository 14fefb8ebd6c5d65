// The calculator's form: reads the fields, asks the engine, shows the answer. It knows no rule and no dose.
// An answer is never left standing once an input has changed, and nothing is asked while a required field is empty.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { element, fill } = Vademecum;
  const MEGABYTE = 1e6;

  class CalculatorForm extends HTMLElement {
    #config;
    #form;
    #answer;
    #client;
    #asked = 0;

    connectedCallback() {
      this.#config = JSON.parse(this.querySelector("script[data-config]").textContent);
      this.#form = this.querySelector("form");
      this.#answer = this.querySelector("[data-answer]");
      this.#form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#calculate();
      });
      // `input` covers typing, pasting and choosing; it comes before the next frame is painted.
      this.#form.addEventListener("input", () => this.#clear());
      this.#form.addEventListener("change", () => this.#clear());
      this.#form.addEventListener("reset", () => this.#clear());
      this.#takeFragment();
      this.#client = Vademecum.pythonClient();
      if (!this.#client) {
        this.#showState({ name: "failed", message: this.#config.words.absent });
        return;
      }
      this.#client.onstate((state) => this.#showState(state));
      this.#client.start();
    }

    /** Fill the form from a link that another calculator made on request, such as #crcl=123/7. */
    #takeFragment() {
      const given = new URLSearchParams(location.hash.slice(1));
      const carried = [];
      for (const input of this.#config.inputs) {
        const value = given.get(input.id);
        const field = this.#form.elements.namedItem(input.id);
        if (value === null || !(field instanceof HTMLInputElement) || value.length > field.maxLength) continue;
        field.value = value;
        carried.push(input.label);
      }
      if (carried.length) this.#note(fill(this.#config.words.carried, { label: carried.join("、") }));
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
      for (const row of document.querySelectorAll("[data-row][data-hit]")) row.removeAttribute("data-hit");
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
        const message = fill(this.#config.words.missing, { fields: missing.map((input) => input.label).join("、") });
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
      this.#answer.replaceChildren(element("p", "vm-answer__kind", this.#config.outcomes.refused), element("p", "", summary));
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
        if (reason.hit) document.getElementById(`row-${reason.row}`)?.setAttribute("data-hit", "");
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
        carry.href = `${this.dataset.carryPage}#${new URLSearchParams({ [this.dataset.carryTo]: outcome.exact })}`;
        actions.append(carry);
      }
      return actions;
    }

    async #copy(outcome, button) {
      const now = new Date();
      const date = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16).replace("T", " ");
      const text = Vademecum.outcomeText(outcome, this.#config, date);
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = this.#config.words.copied;
      } catch {
        const area = element("textarea");
        area.value = text;
        area.readOnly = true;
        area.setAttribute("aria-label", this.#config.words.copy);
        button.parentElement.after(element("p", "", this.#config.words.copy_failed), area);
        area.select();
      }
    }

    #showState(state) {
      const slot = this.querySelector("[data-python]");
      const { words } = this.#config;
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
          slot.replaceChildren(element("span"), " ", button(words.cancel, () => this.#client.cancel()), bar);
        }
        bar.max = state.total || 1;
        bar.value = state.received;
        bar.setAttribute("aria-label", words.start);
        slot.firstChild.textContent = fill(words.downloading, { received: megabytes(state.received), total: megabytes(state.total) });
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
      if (state.name === "idle" || state.name === "waiting") slot.append(" ", button(words.start, () => this.#client.start({ tapped: true })));
      if (state.name === "failed" && this.#client) slot.append(" ", button(words.retry, () => this.#client.start({ tapped: true })));
    }
  }

  /** Runs a calculator's worked cases on this device when asked to. */
  class WorkedCases extends HTMLElement {
    connectedCallback() {
      this.querySelector("[data-run]").addEventListener("click", () => this.#run());
    }

    async #run() {
      const config = JSON.parse(document.querySelector(`calculator-form[data-calculator="${this.dataset.calculator}"] script[data-config]`).textContent);
      const status = this.querySelector("[data-status]");
      const client = Vademecum.pythonClient();
      if (!client) {
        status.textContent = config.words.absent;
        return;
      }
      status.textContent = config.words.cases_running;
      client.start({ tapped: true });
      const fields = { guideline: this.dataset.guideline, calculator: this.dataset.calculator };
      const cases = await client.request("cases", fields, { form: "cases" });
      const about = await client.request("about", {}, { form: "about" });
      if (!cases.ok || !about.ok) {
        const error = cases.error ?? about.error;
        status.textContent = error ? fill(config.words.error, { message: error.message }) : "";
        return;
      }
      const failed = cases.result.total - cases.result.passed;
      const verdict = failed ? fill(config.words.cases_failed, { failed }) : fill(config.words.cases_passed, cases.result);
      status.textContent = `${verdict} · ${fill(config.words.python, about.result)}`;
    }
  }

  Object.assign(Vademecum, { CalculatorForm, WorkedCases });
})();

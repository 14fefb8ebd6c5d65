// Runs the worked cases of a calculator or a pathway on this device when asked to, and says how many passed.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;
  const { fill } = Vademecum;

  class WorkedCases extends HTMLElement {
    connectedCallback() {
      this.querySelector("[data-run]").addEventListener("click", () => this.#run());
    }

    async #run() {
      const { words } = JSON.parse(Vademecum.pageOf(this).querySelector("script[data-config]").textContent);
      const status = this.querySelector("[data-status]");
      const client = Vademecum.pythonClient();
      if (!client) {
        status.textContent = words.absent;
        return;
      }
      status.textContent = words.cases_running;
      client.start({ tapped: true });
      const { guideline, calculator, pathway, op = "cases" } = this.dataset;
      const cases = await client.request(op, { guideline, calculator, pathway }, { form: "cases" });
      const about = await client.request("about", {}, { form: "about" });
      if (!cases.ok || !about.ok) {
        const error = cases.error ?? about.error;
        status.textContent = error ? fill(words.error, { message: error.message }) : "";
        return;
      }
      const failed = cases.result.total - cases.result.passed;
      const verdict = failed ? fill(words.cases_failed, { failed }) : fill(words.cases_passed, cases.result);
      status.textContent = `${verdict} · ${fill(words.python, about.result)}`;
      this.dispatchEvent(new CustomEvent("vademecum-cases", { bubbles: true, detail: verdict }));
    }
  }

  Object.assign(Vademecum, { WorkedCases });
})();

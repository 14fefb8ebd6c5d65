// Registers the elements. Kept apart from the classes, so that loading a class has no effect on the page.
"use strict";

(() => {
  const { CalculatorForm, WorkedCases } = globalThis.Vademecum;
  for (const [name, element] of [["calculator-form", CalculatorForm], ["worked-cases", WorkedCases]]) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
})();

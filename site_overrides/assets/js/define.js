// Registers the elements that the page has loaded. Kept apart from the classes, so that loading a class has no effect.
"use strict";

(() => {
  const { AboutPython, CalculatorForm, PathwayGuide, TeachingCase, WorkedCases } = globalThis.Vademecum;
  const elements = {
    "about-python": AboutPython,
    "calculator-form": CalculatorForm,
    "pathway-guide": PathwayGuide,
    "teaching-case": TeachingCase,
    "worked-cases": WorkedCases,
  };
  for (const [name, element] of Object.entries(elements)) {
    if (element && !customElements.get(name)) customElements.define(name, element);
  }
})();

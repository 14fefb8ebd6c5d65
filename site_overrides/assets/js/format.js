// Turns an outcome of the engine into elements and into text. It decides nothing: every number and word of the answer
// comes from the outcome, the labels from the page's configuration. Only textContent is ever set.
"use strict";

(() => {
  const Vademecum = globalThis.Vademecum;

  const { element, fill, link, list, caveatList, refsText } = Vademecum;

  const timing = (value) => (value === null || typeof value === "string" ? value : value.text);

  /** What a table lists, with its place. */
  const listed = ({ listed: { value, unit, source } }, words) => `${value} ${unit}${fill(words.brackets, { text: source })}`;

  const reasons = (outcome, config) => {
    const details = element("details");
    details.append(element("summary", "", config.words.reasons));
    const made = element("ul");
    for (const reason of outcome.reasons) {
      const tried = reason.when.map(
        (test) => `${test.input} ${test.op} ${test.value ?? (test.values || []).join("/")}${test.unit ? ` ${test.unit}` : ""}: ${test.found ?? "–"} (${test.met ? config.words.met : config.words.not_met})`,
      );
      const word = reason.hit ? config.words.hit : config.words.miss;
      made.append(element("li", reason.hit ? "vm-answer__row--hit" : "", `${reason.row} · ${word}${tried.length ? ` · ${tried.join("; ")}` : ""}`));
    }
    details.append(made);
    return details;
  };

  /** The answer as elements, to be put into the answer's section. */
  const outcomeElements = (outcome, config) => {
    const { words, labels } = config;
    const part = document.createDocumentFragment();
    part.append(element("h3", "vm-answer__kind", config.outcomes[outcome.kind]));
    if (outcome.kind === "refused") {
      for (const problem of outcome.problems) part.append(element("p", "", problem.message));
      return part;
    }
    if (outcome.display) part.append(element("p", "vm-answer__value", outcome.display));
    for (const reading of outcome.alternatives) {
      part.append(element("p", "", `${reading.value} ${reading.unit}${words.colon}${reading.reading}${fill(words.brackets, { text: reading.source })}`));
    }
    if (outcome.listed) {
      part.append(element("p", "", `${labels.listed} ${listed(outcome, words)}`));
    }
    if (outcome.kind === "no_rule") part.append(element("p", "", labels.no_rule_note));
    const usage = element("dl", "vm-usage");
    for (const name of ["route", "duration", "interval"]) {
      if (outcome[name]) usage.append(element("dt", "", labels[name]), element("dd", "", timing(outcome[name])));
    }
    if (usage.childElementCount) part.append(usage);
    part.append(list(words.your_inputs, outcome.inputs.map((input) => [`${input.label} ${input.text}`])));
    if (outcome.steps.length) part.append(list(words.steps, outcome.steps.map((step) => [step])));
    if (outcome.risks.length) part.append(list(words.risks, outcome.risks.map((risk) => [risk.event + words.colon + risk.text])));
    if (outcome.caveats.length) part.append(caveatList(outcome.caveats, config));
    if (outcome.statements.length) {
      part.append(list(words.statements, outcome.statements.map((id) => [link(config.titles[id] ?? id, config.pages[id] ?? "#")])));
    }
    part.append(element("p", "vm-statement__foot", `${words.refs} ${refsText(outcome.refs, words)}`));
    part.append(reasons(outcome, config));
    if (!outcome.caveats.some((caveat) => caveat.text === config.notice)) part.append(element("p", "vm-notice", config.notice));
    return part;
  };

  /** The answer as plain text for a note: inputs, result, where it comes from, edition and date. */
  const outcomeText = (outcome, config, date) => {
    const { words, labels } = config;
    const lines = [`${config.title} · ${config.guideline}`];
    lines.push(`${words.your_inputs}: ${outcome.inputs.map((input) => `${input.label} ${input.text}`).join(words.semicolon)}`);
    lines.push(`${words.result}: ${config.outcomes[outcome.kind]}${outcome.display ? ` ${outcome.display}` : ""}`);
    for (const reading of outcome.alternatives) lines.push(`- ${reading.value} ${reading.unit}: ${reading.reading}`);
    if (outcome.listed) lines.push(`${labels.listed}: ${listed(outcome, words)}`);
    if (outcome.kind === "no_rule") lines.push(labels.no_rule_note);
    for (const name of ["route", "duration", "interval"]) {
      if (outcome[name]) lines.push(`${labels[name]}: ${timing(outcome[name])}`);
    }
    for (const step of outcome.steps) lines.push(`${words.steps}: ${step}`);
    for (const risk of outcome.risks) lines.push(`${words.risks}: ${risk.event}${words.colon}${risk.text}`);
    for (const caveat of outcome.caveats) lines.push(`${caveat.id}: ${caveat.text}`);
    lines.push(`${config.cite_as} · ${config.edition} · ${config.version}`);
    lines.push(`${words.date}: ${date}`);
    lines.push(config.notice);
    return lines.join("\n");
  };

  Object.assign(Vademecum, { outcomeElements, outcomeText });
})();

// Answers queries from the indexes of the site's guidelines.
//
// Classic scripts, in this order: minisearch, text, words, query, engine; then an index a guideline, each of which calls
// `Vademecum.searchIndex(data)` (generator/search/index.py). `Vademecum.search(query)` gives the answers; nothing here
// touches the page.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const { fold, terms } = Vademecum.searchText;

  const LIMIT = 30;
  const FIELDS = { title: 4, text: 1, context: 0.5 };
  const WEIGHTS = { word: 1, text: 0.8, figure: 0.6 };
  const CAVEAT = 0.5;
  const NAMED = 0.6;
  const LISTED = 0.8;
  const LATER = 0.1;
  // Answers whose score is below this share of the first one's are noise.
  const SHARE = 0.3;
  // A word that a tenth of the records hold is as rare as this, one that a single record holds is as rare as 1.
  const RARE = 0.45;

  /**
   * An answer.
   * @typedef {object} Answer
   * @property {string} url address as the index gives it; empty where there is nothing to open
   * @property {string} kind statement, table-row, drug, term, calculator, pathway, section or not-covered
   * @property {string} label the kind in words
   * @property {string} title
   * @property {string} text
   * @property {string} place where it stands, in words
   * @property {string} guideline id
 * @property {string} source the guideline's title
   * @property {string} [alias] what was typed and what it stands for: `扑热息痛 → 对乙酰氨基酚`
   * @property {string[]} marks texts to highlight
   */

  class GuidelineSearch {
    #records;
    #mini;
    #query;
    #data;
    #titles;
    #corpus;

    constructor(data) {
      this.#data = data;
      const simplified = new Map();
      const pairs = [...data.traditional];
      for (let index = 0; index < pairs.length; index += 2) simplified.set(pairs[index], pairs[index + 1]);
      this.#records = data.records.map(([label, kind, url, title, text, place, context]) => ({
        label, kind, url, title, text, place, context,
      }));
      const folded = this.#records.map(({ title, text, context }, id) => ({
        id,
        title: fold(title, simplified),
        text: fold(text, simplified),
        context: fold(context, simplified),
      }));
      this.#titles = folded.map(({ title }) => title);
      this.#corpus = folded.map((item) => `${item.title}\n${item.text}\n${item.context}`);
      this.#mini = new globalThis.MiniSearch({
        fields: Object.keys(FIELDS),
        tokenize: terms,
        processTerm: (term) => term,
        searchOptions: { boost: FIELDS, combineWith: 'AND', prefix: false, fuzzy: false },
      });
      this.#mini.addAll(folded);
      const words = new Vademecum.SearchWords(data, simplified);
      this.#query = new Vademecum.SearchQuery(words, this.#corpus.join('\n'), simplified, data.stop);
      this.simplified = simplified;
    }

    get guideline() {
      return this.#data.guideline;
    }

    get title() {
      return this.#data.title;
    }

    /** @returns {Answer[]} */
    search(query) {
      const parts = this.#query.parts(query);
      const missing = parts.filter((part) => part.kind === 'missing' || part.found?.some((found) => found.alias.notCovered !== undefined));
      const asked = parts.filter((part) => !missing.includes(part)).map((part) => this.#weigh(part));
      const known = asked.filter((part) => part.scores.size);
      const absent = missing.map((part) => this.#absent(part));
      // Names and rare words decide what a query is about; 'dose' or 'treatment' alone do not.
      const decisive = known.some(({ own, general, rarity }) => own || (!general && rarity > RARE));
      const listed = missing.some((part) => part.kind !== 'missing' || part.contrary);
      if (listed) return decisive ? [...absent, ...this.#answers(known)] : absent;
      if (!absent.length) return this.#answers(known);
      if (!decisive) return known.length ? absent : [];
      return [...absent.filter((_, index) => missing[index].alone), ...this.#answers(known)];
    }

    /** Scores of records for a part, from 0 to somewhat above 1. */
    #weigh(part) {
      const scores = new Map();
      const raise = (id, score) => scores.set(id, Math.max(scores.get(id) ?? 0, score));
      // What the source leaves open comes after what it says, unless it is what a word is listed for.
      const share = (id) => (this.#records[id].kind === 'caveat' ? CAVEAT : 1);
      const look = (words, quality) => {
        const list = words.length ? this.#mini.search({ combineWith: 'AND', queries: words }) : [];
        const most = Math.max(...list.map(({ id, score }) => score * share(id)));
        for (const { id, score } of list) raise(id, quality * (0.3 + 0.7 * ((score * share(id)) / most)));
      };
      const phrase = (text, quality) => {
        const folded = fold(text, this.simplified);
        look(terms(folded), quality);
        for (const [id, title] of this.#titles.entries()) {
          if (title === folded) raise(id, quality * share(id) * (folded === part.text ? 1.6 : 1.2));
          else if (title.includes(folded)) raise(id, quality * share(id) * (1 + (0.3 * folded.length) / title.length));
        }
      };
      if (part.kind === 'figure') part.terms.forEach((term, index) => look([term], index ? 0.5 : 1));
      else phrase(part.text, 0.9);
      for (const { alias, quality } of part.found ?? []) {
        for (const means of alias.means) phrase(means, quality);
      }
      const bonus = new Map();
      for (const { alias, quality } of part.found ?? []) {
        // What was listed for this very word, in the order of the list, comes before what has it among its names.
        const gain = (index) => (alias.own ? NAMED : LISTED - Math.min(index, 2) * LATER) * quality;
        alias.to.forEach((id, index) => {
          raise(id, quality);
          bonus.set(id, Math.max(bonus.get(id) ?? 0, gain(index)));
        });
      }
      for (const [id, gain] of bonus) scores.set(id, scores.get(id) + gain);
      const rarity = Math.log(1 + this.#records.length / Math.max(1, scores.size)) / Math.log(1 + this.#records.length);
      return {
        part,
        scores,
        rarity,
        own: part.kind === 'word' && part.found.some(({ alias }) => alias.own),
        general: part.kind === 'word' && part.found.every(({ alias }) => !alias.own && !alias.to.length),
        weight: WEIGHTS[part.kind] * (0.3 + rarity),
      };
    }

    #answers(known) {
      const whole = known.reduce((sum, { weight }) => sum + weight, 0);
      const ids = new Set(known.flatMap(({ scores }) => [...scores.keys()]));
      const ranked = [...ids].map((id) => {
        const hits = known.filter(({ scores }) => scores.has(id));
        const covered = hits.reduce((sum, { weight }) => sum + weight, 0) / whole;
        const score = hits.reduce((sum, { weight, scores }) => sum + weight * scores.get(id), 0) / whole;
        return { id, hits, score: score * (0.4 + 0.6 * covered) };
      });
      ranked.sort((a, b) => b.score - a.score || a.id - b.id);
      const enough = (ranked[0]?.score ?? 0) * SHARE;
      return ranked
        .filter(({ score }) => score >= enough)
        .slice(0, LIMIT)
        .map(({ id, hits }) => this.#answer(id, hits));
    }

    #answer(id, hits) {
      const { label, kind, url, title, text, place } = this.#records[id];
      const alias = hits.map(({ part }) => this.#told(part, id)).find(Boolean);
      const marks = hits.flatMap(({ part }) => [part.text, ...(part.found ?? []).flatMap(({ alias: { means } }) => means)]);
      return { url, kind, label, title, text, place, guideline: this.guideline, source: this.title, marks: [...new Set(marks)], ...(alias && { alias }) };
    }

    /** What was typed and what it was taken for, where a record does not hold it as typed. */
    #told(part, id) {
      if (!part.found?.length || this.#corpus[id].includes(part.text)) return '';
      const hit = (found) => found.alias.to.includes(id) || found.alias.means.some((means) => this.#corpus[id].includes(fold(means, this.simplified)));
      const found = part.found.find(hit);
      if (!found) return '';
      const meant = found.alias.name || found.alias.means.find((means) => this.#corpus[id].includes(fold(means, this.simplified))) || '';
      const said = found.quality === 1 ? found.say : part.text;
      return meant && meant !== said ? `${said} → ${meant}` : '';
    }

    #absent(part) {
      const found = part.found?.find(({ alias }) => alias.notCovered !== undefined);
      const words = this.#data.words;
      const name = found ? found.alias.name : part.text;
      const sentence = (found ? words.not_covered_note : words.not_printed).replace('{name}', name);
      const alias = found && found.say !== name ? `${found.say} → ${name}` : '';
      return {
        url: '', kind: 'not-covered', label: words.not_covered, title: name, text: `${sentence}${found?.alias.notCovered ?? ''}`,
        place: '', guideline: this.guideline, source: this.title, marks: [], ...(alias && { alias }),
      };
    }
  }

  /** @type {Map<string, GuidelineSearch>} */
  const loaded = new Map();

  /** Called by each index as it is loaded. */
  const searchIndex = (data) => {
    loaded.set(data.guideline, new GuidelineSearch(data));
  };

  /**
   * The answers to a query, the best first; those of one guideline before all others.
   * @param {string} query
   * @param {{guideline?: string}} [options] whose answers come first
   * @returns {Answer[]}
   */
  const search = (query, { guideline = '' } = {}) => {
    if (!query.trim()) return [];
    const all = [...loaded.values()].sort((a, b) => (b.guideline === guideline) - (a.guideline === guideline));
    const found = all.map((item) => item.search(query));
    // What one guideline does not hold another may: 'not covered' is said where no other answers.
    return found.flatMap((answers, index) => (index === 0 ? answers : answers.filter(({ kind }) => kind !== 'not-covered')));
  };

  Object.assign(Vademecum, { searchIndex, search });
})();

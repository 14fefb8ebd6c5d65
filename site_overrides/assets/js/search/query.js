// From what a reader typed to what is looked for: known words first, then figures, then whatever the text holds.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const { fold, figures, figureTerms, pieces } = Vademecum.searchText;

  /**
   * A part of a query.
   * @typedef {object} Part
   * @property {'word' | 'text' | 'figure' | 'missing'} kind known word, words of the text, figure, or in no text
   * @property {string} text as typed, folded
   * @property {Found[]} [found] what a known word stands for
   * @property {string[]} [terms] of a figure
   * @property {boolean} [alone] a missing word stands between spaces, so that it is a word and no remainder
   * @property {boolean} [contrary] the texts hold the contrary of what is missing
   */

  class SearchQuery {
    #words;
    #corpus;
    #simplified;
    #stops;

    /**
     * @param {SearchWords} words
     * @param {string} corpus every text, folded, one a line
     * @param {string[]} stops words that decide nothing
     */
    constructor(words, corpus, simplified, stops) {
      this.#words = words;
      this.#corpus = corpus;
      this.#simplified = simplified;
      const longestFirst = [...stops].sort((a, b) => b.length - a.length);
      this.#stops = {
        long: longestFirst.filter((word) => word.length > 1),
        short: new Set(stops.filter((word) => word.length === 1)),
      };
    }

    /** @returns {Part[]} */
    parts(query) {
      const text = fold(query, this.#simplified);
      const all = pieces(text);
      const marks = new Array(all.length).fill(null);
      const parts = [];
      this.#known(all, marks, parts, text);
      this.#letters(all, marks, parts);
      this.#figures(text, all, marks, parts);
      this.#rest(all, marks, parts);
      return parts.sort((a, b) => a.start - b.start);
    }

    /** Words that are known, the longest first; one with a slip wins over a shorter one without. */
    #known(all, marks, parts) {
      for (let from = 0; from < all.length; from += 1) {
        let best = null;
        let word = '';
        for (let to = from; to < all.length; to += 1) {
          if (to > from && !joins(all[to - 1], all[to])) break;
          word += all[to].text;
          if (word.length > this.#words.longest + 1) break;
          const exact = this.#words.exact(word);
          if (exact.length) best = { to, word, found: exact };
          else if (all[from].han && all[to].han && !this.#corpus.includes(word)) {
            const slip = this.#words.slip(word, this.#corpus);
            if (slip.length && !(best && best.word.length >= word.length)) best = { to, word, found: slip };
          }
        }
        if (!best) continue;
        const contrary = from > 0 && !marks[from - 1] && joins(all[from - 1], all[from]) && this.#contrary(all[from - 1], best.word);
        if (contrary) {
          const text = contrary + best.word;
          this.#take(all, marks, parts, from - 1, best.to, { kind: 'missing', text, contrary: true });
        } else this.#take(all, marks, parts, from, best.to, { kind: 'word', text: best.word, found: best.found });
        from = best.to;
      }
    }

    /** Letters that are no known word: of the text, a slip, pinyin, initials, or the beginning of a word. */
    #letters(all, marks, parts) {
      for (let from = 0; from < all.length; from += 1) {
        if (marks[from] || !/^[a-z]/.test(all[from].text)) continue;
        let to = from;
        while (to + 1 < all.length && !marks[to + 1] && /^[a-z]+$/.test(all[to + 1].text)) to += 1;
        const joined = all.slice(from, to + 1).map((piece) => piece.text).join('');
        const heard = to > from ? this.#words.heard(joined) : null;
        const slip = to > from && !heard ? this.#words.latinSlip(joined) : [];
        if (heard) this.#hear(all, marks, parts, from, to, heard);
        else if (slip.length) this.#take(all, marks, parts, from, to, { kind: 'word', text: joined, found: slip });
        if (heard || slip.length) from = to;
        else this.#letterWord(all, marks, parts, from);
      }
    }

    #letterWord(all, marks, parts, at) {
      const word = all[at].text;
      // A unit is no word: the figures take it.
      if (at > 0 && /^\d/.test(all[at - 1].text) && figures(all[at - 1].text + word)[0].unit) return;
      // A single letter decides nothing.
      if (word.length === 1) return;
      if (this.#printed(word)) return this.#take(all, marks, parts, at, at, { kind: 'text', text: word });
      const heard = this.#words.heard(word);
      if (heard) return this.#hear(all, marks, parts, at, at, heard);
      for (const found of [this.#words.latinSlip(word), this.#words.begun(word)]) {
        if (found.length) return this.#take(all, marks, parts, at, at, { kind: 'word', text: word, found });
      }
      this.#take(all, marks, parts, at, at, { kind: 'missing', text: word, alone: true });
    }

    #hear(all, marks, parts, from, to, heard) {
      const text = all.slice(from, to + 1).map((piece) => piece.text).join('');
      for (const found of heard) parts.push({ kind: 'word', text, found, start: all[from].start });
      for (let index = from; index <= to; index += 1) marks[index] = true;
    }

    /** Whether a word of letters stands in some text as a whole word. */
    #printed(word) {
      return new RegExp(`(?<![a-z])${word}(?![a-z])`).test(this.#corpus);
    }

    #figures(text, all, marks, parts) {
      for (const figure of figures(text)) {
        const at = all.findIndex((piece, index) => !marks[index] && piece.start === figure.start);
        if (at < 0) continue;
        let to = at;
        while (to + 1 < all.length && !marks[to + 1] && all[to + 1].end <= figure.end) to += 1;
        const terms = figureTerms(figure);
        this.#take(all, marks, parts, at, to, { kind: 'figure', text: figure.text, terms });
      }
    }

    /** What is left: the longest pieces that some text holds; what none holds is missing. */
    #rest(all, marks, parts) {
      for (let from = 0; from < all.length; from += 1) {
        if (marks[from] || !all[from].han) continue;
        let to = from;
        while (to + 1 < all.length && !marks[to + 1] && all[to + 1].han && joins(all[to], all[to + 1])) to += 1;
        const run = all.slice(from, to + 1).map((piece) => piece.text).join('');
        for (const [text, offset] of this.#withoutStops(run)) this.#pieces(text, all[from].start + offset, parts, all, from + offset);
        from = to;
      }
    }

    /** A run without the words that decide nothing: texts with their offsets. */
    #withoutStops(run) {
      let bare = run;
      for (const word of this.#stops.long) bare = bare.replaceAll(word, '\u0000'.repeat(word.length));
      return [...bare.matchAll(/[^\u0000]+/g)].map((match) => [match[0], match.index]);
    }

    #pieces(text, start, parts, all, first) {
      let left = '';
      const lose = (end) => {
        const bare = [...left].filter((sign) => !this.#stops.short.has(sign)).join('');
        const at = first + end - left.length;
        const alone = !joins(all[at - 1], all[at]) && !joins(all[first + end - 1], all[first + end]);
        if (bare.length > 1) parts.push({ kind: 'missing', text: bare, start: start + end - left.length, alone });
        left = '';
      };
      let at = 0;
      while (at < text.length) {
        let length = Math.min(text.length - at, 12);
        while (length >= 2 && !this.#corpus.includes(text.slice(at, at + length))) length -= 1;
        if (length >= 2) {
          const piece = text.slice(at, at + length);
          const contrary = this.#contrary(all[first + at - 1], piece);
          if (contrary) {
            parts.push({ kind: 'missing', text: contrary + piece, start: start + at, contrary: true });
            left = '';
          } else {
            lose(at);
            const begun = this.#words.begun(piece).filter(({ alias }) => alias.notCovered === undefined);
            parts.push({ kind: 'text', text: piece, start: start + at, found: begun });
          }
          at += length;
        } else {
          const tail = text.slice(at);
          const begun = tail.length > 1 && !left ? this.#words.begun(tail) : [];
          if (begun.length) {
            parts.push({ kind: 'word', text: tail, found: begun, start: start + at });
            return;
          }
          left += text[at];
          at += 1;
        }
      }
      lose(at);
    }

    /** The character before a piece, where the text has the piece only after that character's contrary. */
    #contrary(before, piece) {
      if (!before?.han || this.#corpus.includes(before.text + piece)) return '';
      const held = this.#words.contraries(before.text).some((other) => this.#corpus.includes(other + piece));
      return held ? before.text : '';
    }

    #take(all, marks, parts, from, to, part) {
      parts.push({ ...part, start: all[from].start });
      for (let index = from; index <= to; index += 1) marks[index] = true;
    }
  }

  /** Whether two neighbouring pieces may belong to one word: Han characters only without a space between them. */
  const joins = (before, after) => Boolean(before && after) && (before.end === after.start || !(before.han && after.han));

  Vademecum.SearchQuery = SearchQuery;
})();

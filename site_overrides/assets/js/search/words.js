// The words by which a guideline may be searched, and how a query is recognised in them: as written, with one wrong
// character, in pinyin, by initials.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});
  const { fold, squeeze } = Vademecum.searchText;

  const LEAST_SLIP = 4;
  const LEAST_LONGER = 5;
  const LEAST_LATIN_SLIP = 5;
  const LEAST_TWO_SLIPS = 9;
  const LEAST_PREFIX = 3;

  /**
   * @typedef {object} Alias
   * @property {string} name the guideline's own word; empty where the words stand for several things
   * @property {string[]} means words of the guideline to look for
   * @property {number[]} to records that answer it
   * @property {boolean} own the words are names of the thing
   * @property {string} [notCovered] the guideline does not hold it; this is what the reader should know
   *
   * @typedef {object} Found
   * @property {Alias} alias
   * @property {string} say the word that matched, as the guideline's file writes it
   * @property {number} quality 1 as written, less for what is guessed
   */

  /** Whether two words of one length differ in one character, and which: null unless it is exactly one. */
  function oneDifference(a, b) {
    let at = -1;
    for (let index = 0; index < a.length; index += 1) {
      if (a[index] === b[index]) continue;
      if (at >= 0) return null;
      at = index;
    }
    return at < 0 ? null : [a[at], b[at]];
  }

  const count = (text, part) => text.split(part).length - 1;

  /**
   * Whether what two words share is no word of its own: where it is one (`出高血压` beside `肺高血压`), the other
   * character belongs to the word beside it, and is no slip.
   */
  function whole(word, other, corpus) {
    const rest = word[0] === other[0] ? other.slice(0, -1) : other.slice(1);
    return !word.includes(rest) || count(corpus, rest) === count(corpus, other);
  }

  /** The one character by which the longer word is longer, or null. */
  function oneMore(shorter, longer) {
    let at = 0;
    while (at < shorter.length && shorter[at] === longer[at]) at += 1;
    return shorter.slice(at) === longer.slice(at + 1) ? longer[at] : null;
  }

  /** How many letters must change to make one word of the other; `limit + 1` where it is more than the limit. */
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return Math.min(row[b.length], limit + 1);
  }

  /** Pinyin as people who do not tell -n from -ng or zh- from z- type it. */
  const blur = (sound) => sound.replace(/([zcs])h/g, '$1').replace(/([aei])ng/g, '$1n');

  const put = (map, key, found) => {
    if (!key) return;
    if (!map.has(key)) map.set(key, []);
    if (!map.get(key).some((other) => other.alias === found.alias)) map.get(key).push(found);
  };

  class SearchWords {
    /** @type {Map<string, Found[]>} squeezed word → what it stands for */
    #written = new Map();
    /** @type {Map<string, Found[]>} */
    #sounds = new Map();
    /** @type {Map<string, Found[]>} */
    #initials = new Map();
    /** @type {Map<number, string[]>} words of Han characters by length */
    #byLength = new Map();
    #latin = [];
    #opposites = new Set();
    longest = 1;

    /** @param {object} data of `Vademecum.searchIndex` */
    constructor(data, simplified) {
      for (const pair of data.opposites) {
        this.#opposites.add(pair).add([...pair].reverse().join(''));
      }
      const syllables = new Map();
      for (const group of data.syllables) {
        const syllable = /^[a-z]+/.exec(group)[0];
        for (const sign of group.slice(syllable.length)) syllables.set(sign, syllable);
      }
      const read = (word) => data.sounds[word]?.split(' ') ?? Array.from(word, (sign) => syllables.get(sign) ?? '');
      for (const [name, say, means, to, own] of data.aliases) {
        // The name of what is no name is a word of the guideline, which stands for itself.
        this.#add({ name, means, to, own: Boolean(own) }, own ? [name, ...say] : say, simplified, read);
      }
      for (const [name, say, note] of data.not_covered) {
        this.#add({ name, means: [], to: [], own: true, notCovered: note }, [name, ...say], simplified, () => []);
      }
      for (const [word, found] of this.#written) {
        this.longest = Math.max(this.longest, word.length);
        // Only names are guessed at: half a sentence that differs in a character may ask for another thing.
        if (!found.some(({ alias }) => alias.own)) continue;
        if (/^\p{Script=Han}+$/u.test(word)) {
          if (!this.#byLength.has(word.length)) this.#byLength.set(word.length, []);
          this.#byLength.get(word.length).push(word);
        } else if (/^[a-z]+$/.test(word)) this.#latin.push(word);
      }
    }

    #add(alias, words, simplified, read) {
      for (const say of words) {
        const found = { alias, say, quality: 1 };
        put(this.#written, squeeze(fold(say, simplified)), found);
        const syllables = read(say);
        if (syllables.length < 2 || !syllables.every(Boolean)) continue;
        put(this.#sounds, blur(syllables.join('')), found);
        put(this.#initials, syllables.map((syllable) => syllable[0]).join(''), found);
      }
    }

    /** What a squeezed word stands for as it is written. */
    exact(word) {
      return this.#written.get(word) ?? [];
    }

    /** Every word that is known, squeezed. */
    get written() {
      return this.#written.keys();
    }

    /** Whether one character is said to be the contrary of the other, so that neither is a slip for it. */
    #contrary(a, b) {
      return this.#opposites.has(a + b);
    }

    /** The contraries of a character. */
    contraries(sign) {
      return [...this.#opposites].filter((pair) => pair.startsWith(sign)).map((pair) => pair.slice(sign.length));
    }

    /**
     * What a word of Han characters stands for with one character wrong, missing or too many.
     * @param {string} word
     * @param {string} corpus every text
     */
    slip(word, corpus) {
      const found = [];
      if (word.length >= LEAST_SLIP) {
        for (const other of this.#byLength.get(word.length) ?? []) {
          const pair = oneDifference(word, other);
          if (pair && !this.#contrary(...pair) && whole(word, other, corpus)) found.push(other);
        }
      }
      if (!found.length && word.length >= LEAST_LONGER - 1) {
        const longer = (this.#byLength.get(word.length + 1) ?? []).filter((other) => oneMore(word, other) !== null);
        const shorter = (this.#byLength.get(word.length - 1) ?? []).filter(
          (other) => other.length >= LEAST_LONGER && oneMore(other, word) !== null,
        );
        found.push(...longer, ...shorter);
      }
      return this.#guessed(found, 0.9);
    }

    /** What a word of letters stands for with a letter or two wrong. */
    latinSlip(word) {
      if (word.length < LEAST_LATIN_SLIP) return [];
      const limit = word.length >= LEAST_TWO_SLIPS ? 2 : 1;
      return this.#guessed(
        this.#latin.filter((other) => other.length >= LEAST_LATIN_SLIP && distance(word, other, limit) <= limit),
        0.85,
      );
    }

    /** The words that begin so: the reader has not typed the end yet. */
    begun(word) {
      const least = /^[a-z]/.test(word) ? LEAST_PREFIX : 2;
      if (word.length < least) return [];
      return this.#guessed([...this.#written.keys()].filter((other) => other.startsWith(word)), 0.8);
    }

    /**
     * What letters stand for as pinyin or initials, one word after the other: a list of Found lists, or null.
     * @param {string} letters
     */
    heard(letters) {
      return this.#hear(letters, new Map());
    }

    #hear(letters, seen) {
      if (seen.has(letters)) return seen.get(letters);
      seen.set(letters, null);
      let result = null;
      for (let length = letters.length; length >= 2 && !result; length -= 1) {
        const head = letters.slice(0, length);
        const rest = letters.slice(length);
        let found = this.#sounds.get(blur(head)) ?? [];
        if (!found.length && (length >= LEAST_PREFIX || !rest)) found = this.#initials.get(head) ?? [];
        if (!found.length && !rest && length >= 4) found = this.#soundsBegin(head);
        if (!found.length) continue;
        const more = rest ? this.#hear(rest, seen) : [];
        if (more) result = [found.map((item) => ({ ...item, quality: 0.95 })), ...more];
      }
      seen.set(letters, result);
      return result;
    }

    #soundsBegin(head) {
      const begun = blur(head);
      return [...this.#sounds].filter(([sound]) => sound.startsWith(begun)).flatMap(([, found]) => found);
    }

    #guessed(words, quality) {
      return words.flatMap((word) => this.exact(word)).map((found) => ({ ...found, quality }));
    }
  }

  Vademecum.SearchWords = SearchWords;
})();

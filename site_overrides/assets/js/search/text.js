// How search reads a text, a guideline's or a reader's: one spelling for many, then words.
'use strict';

(() => {
  const Vademecum = (globalThis.Vademecum ??= {});

  const HAN = /\p{Script=Han}/u;
  // Letters, digits (with a decimal point inside), or one Han character.
  const PIECE = /\p{Script=Han}|\d+(?:\.\d+)?|(?:(?!\p{Script=Han})\p{L})+/gu;

  /** Units that people write in several ways, in the one way of the index. */
  const UNITS = new Map(
    Object.entries({
      毫克: 'mg', 克: 'g', 戈瑞: 'gy', 小时: 'h', 时: 'h', 分钟: 'min', 分: 'min', 周: 'w', 星期: 'w', 礼拜: 'w',
      week: 'w', weeks: 'w', wk: 'w', 年: 'y', year: 'y', years: 'y', yr: 'y', 岁: 'y', 月: 'mo', 个月: 'mo', month: 'mo',
      months: 'mo', 天: 'd', 日: 'd', day: 'd', days: 'd', hour: 'h', hours: 'h', minute: 'min', minutes: 'min',
      mg: 'mg', g: 'g', gy: 'gy', h: 'h', min: 'min', w: 'w', y: 'y', ml: 'ml', '%': '%', mmol: 'mmol', 级: '级',
    }),
  );
  const FIGURE = new RegExp(
    `(\\d+(?:\\.\\d+)?)\\s*(?:(${[...UNITS.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-z]))?`,
    'gu',
  );

  /**
   * One spelling for all: width, case and superscripts as NFKC has them, traditional characters as simplified ones.
   * @param {string} text
   * @param {Map<string, string>} simplified
   */
  function fold(text, simplified) {
    const plain = text.normalize('NFKC').toLowerCase();
    return simplified.size ? Array.from(plain, (sign) => simplified.get(sign) ?? sign).join('') : plain;
  }

  /** The figures of a folded text: `{text, number, unit, start, end}`. */
  function figures(text) {
    return [...text.matchAll(FIGURE)].map((match) => ({
      text: match[0].trim(),
      number: String(Number(match[1])),
      unit: UNITS.get(match[2]) ?? '',
      start: match.index,
      end: match.index + match[0].length,
    }));
  }

  /** What stands in the index for a figure: the number with its unit and the number alone. */
  const figureTerms = ({ number, unit }) => (unit ? [`${number}${unit}`, number] : [number]);

  /** The terms of a folded text: pairs of neighbouring Han characters, words of letters, and figures. */
  function terms(text) {
    const found = figures(text).flatMap(figureTerms);
    let before = null;
    for (const { 0: piece, index } of text.matchAll(PIECE)) {
      if (HAN.test(piece)) {
        const joined = before && before.end === index ? before.piece + piece : '';
        if (joined) found.push(joined);
        else if (!HAN.test(text[index + 1] ?? '')) found.push(piece);
        before = { piece, end: index + piece.length };
      } else {
        before = null;
        if (!/^\d/.test(piece)) found.push(piece);
      }
    }
    return found;
  }

  /** A folded text in pieces (letters, digits, single Han characters), each with its place. */
  const pieces = (text) =>
    [...text.matchAll(PIECE)].map((match) => ({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      han: HAN.test(match[0]),
    }));

  /** A folded text without spaces and punctuation, by which words are compared: `PET/CT`, `pet-ct` and `petct` are one. */
  const squeeze = (text) => pieces(text).map((piece) => piece.text).join('');

  Vademecum.searchText = { fold, figures, figureTerms, terms, pieces, squeeze };
})();

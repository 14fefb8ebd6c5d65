// SHA-256 in plain script, for where a browser has no crypto.subtle: nothing that is carried runs unchecked.
// Defines sha256 on `Vademecum`; in a page and in a worker alike.

(() => {
  'use strict';

  const Vademecum = (globalThis.Vademecum ??= {});
  const BLOCK = 64;

  /** The first `count` prime numbers. */
  function primes(count) {
    const found = [];
    for (let number = 2; found.length < count; number += 1) {
      if (found.every((prime) => number % prime)) found.push(number);
    }
    return found;
  }

  // FIPS 180-4, 4.2.2 and 5.3.3: the first 32 bits of the fractions of the roots of primes.
  const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
  const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
  const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

  /** The message with a one, zeros, and its length in bits behind it: whole blocks (5.1.1). */
  function padded(bytes) {
    const whole = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(whole.length - 4, (bytes.length << 3) >>> 0);
    return view;
  }

  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  /** The hash of some bytes, 64 hexadecimal digits (6.2.2). */
  function sha256(bytes) {
    const message = padded(bytes);
    const state = Int32Array.from(START);
    const words = new Int32Array(64);
    for (let at = 0; at < message.byteLength; at += BLOCK) {
      for (let i = 0; i < 16; i += 1) words[i] = message.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const [early, late] = [words[i - 15], words[i - 2]];
        const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
        const two = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
        words[i] = words[i - 16] + one + words[i - 7] + two;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
        const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => {
        state[i] += word;
      });
    }
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  Object.assign(Vademecum, { sha256 });
})();

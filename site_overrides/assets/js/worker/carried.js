// A part of the worker of an export: what the page carries and handed over with its first message, in place of a
// download. Such a worker has a `data:` address, so it can neither fetch nor import by a path.
// Defines carried on `Vademecum`; download.js and python.js ask whether it is there.

(() => {
  'use strict';

  const { Failure, base85, digest, sha256, unpacking } = globalThis.Vademecum;
  const PIECE = 0x8000;

  /** @type {Record<string, string>} base85 of gzip, by the hash of what it unpacks to */
  let blocks = {};

  // Before the worker's own listener, which begins to take files.
  self.addEventListener('message', ({ data }) => {
    if (data.type === 'start') blocks = data.carried;
  });

  /** The bytes of a file that has one of these hashes, never unchecked. */
  async function take(url, hashes) {
    const hash = hashes.find((one) => one in blocks);
    if (!hash) throw new Failure('missing', `${url} is not carried`);
    let bytes;
    try {
      bytes = new Uint8Array(await new Response(unpacking(base85(blocks[hash]), 'gzip')).arrayBuffer());
    } catch (error) {
      throw new Failure('damaged', `${url}: ${error}`);
    }
    delete blocks[hash];
    // Where the browser has no SHA-256, our own reckons it: nothing runs unchecked.
    if ((await (globalThis.crypto?.subtle ? digest(bytes) : sha256(bytes))) !== hash) throw new Failure('damaged', `${url} does not have the hash ${hash}`);
    return bytes;
  }

  /** An address from which a script can be imported. */
  function importable(bytes) {
    let characters = '';
    for (let at = 0; at < bytes.length; at += PIECE) characters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    return `data:text/javascript;base64,${btoa(characters)}`;
  }

  Object.assign(globalThis.Vademecum, { carried: { take, importable } });
})();

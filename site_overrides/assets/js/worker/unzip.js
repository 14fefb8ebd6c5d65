// A part of the worker: unpacks what travelled compressed.
// Defines unpacking and unzip on `Vademecum`.

(() => {
  'use strict';

  const { Failure } = globalThis.Vademecum;

  /** A stream of unpacked bytes; through a Response, since Blob.stream() fails in some workers of WebKit. */
  const unpacking = (bytes, format) => new Response(bytes).body.pipeThrough(new DecompressionStream(format));

  /**
   * The files of a zip (a wheel is one) as [path, bytes]; stored and deflated entries, no encryption, no zip64.
   * @param {Uint8Array} bytes
   * @param {(path: string) => boolean} wanted which of them
   */
  async function unzip(bytes, wanted = () => true) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
    if (end < 0) throw new Failure('damaged', 'the engine is not a zip file');
    const entries = [];
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
      const deflated = view.getUint16(at + 10, true) === 8;
      const size = view.getUint32(at + 20, true);
      const nameSize = view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize));
      // The local header repeats the name and has an extra field of its own length.
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = bytes.subarray(from, from + size);
      if (wanted(name)) entries.push([name, deflated ? new Response(unpacking(data, 'deflate-raw')).arrayBuffer() : data]);
      at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return Promise.all(entries.map(async ([name, data]) => [name, new Uint8Array(await data)]));
  }

  Object.assign(globalThis.Vademecum, { unpacking, unzip });
})();

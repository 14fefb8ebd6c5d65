// Runs scripts as a page does, one after the other, then asks each query of the input.
'use strict';

const fs = require('fs');
const vm = require('vm');

const [scripts, queries, guideline] = JSON.parse(fs.readFileSync(0, 'utf8'));
for (const script of scripts) vm.runInThisContext(script);
process.stdout.write(JSON.stringify(queries.map((query) => globalThis.Vademecum.search(query, { guideline }))));

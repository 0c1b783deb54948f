#!/usr/bin/env node
// Apart from what is built so that it exists, executable, when npm links it in a fresh clone. In words that an old Node reads, so
// that it can say what it is too old for.
'use strict';
const { join, sep } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: Keywright needs Node.js 20.19 or later, and this is ${process.versions.node}`);
  process.exit(2);
}

// Node 20 compiles functions to optimised code so early that, in the second that most runs take, it costs twice what it saves.
// Later versions wait by themselves, and refuse the flag.
if (major === 20) require('node:v8').setFlagsFromString('--interrupt-budget=500000');

const bundle = join(__dirname, '../bundle/main.cjs');
// What V8 compiles in the first run of a command is kept for those that follow, which take 30 to 40 % less CPU. It stands in the
// package: whoever can write there could change the bundle itself. A clone has none, where a build would have to delete it.
// `enableCompileCache` of Node 22 keeps fewer of the functions, which saves 15 %.
const isKept = __dirname.includes(`${sep}node_modules${sep}`) && process.env.NODE_DISABLE_COMPILE_CACHE !== '1';
if (isKept) {
  const [, , word = ''] = process.argv;
  // Commands need different functions of the same files.
  const command = /^[a-z][a-z-]{0,30}$/.test(word) ? word : 'none';
  require('./load-kept.js')(bundle, join(__dirname, '../.cache', require('../package.json').version, command));
} else require(bundle);

#!/usr/bin/env node
// A source file, not a build output: npm links it in a fresh clone before anything is built. Written in syntax that old versions of
// Node parse, so that they reach the message below.
'use strict';
const { join, sep } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: Keywright needs Node.js 20.19 or later, and this is ${process.versions.node}`);
  process.exit(2);
}

// Node 20 optimises functions so early that, in the second that most runs take, it costs twice what it saves.
// Later versions wait by themselves, and refuse the flag.
if (major === 20) require('node:v8').setFlagsFromString('--interrupt-budget=500000');

const bundle = join(__dirname, '../bundle/main.cjs');
// The code that V8 compiles in the first run of a command is cached for later runs, which then take 30 to 40 % less CPU. The cache is
// in the package: whoever can write there could change the bundle itself. A clone has no cache, since every build would have to
// delete it. Node 22's `enableCompileCache` caches fewer functions, which saves only 15 %.
const isKept = __dirname.includes(`${sep}node_modules${sep}`) && process.env.NODE_DISABLE_COMPILE_CACHE !== '1';
if (isKept) {
  const [, , word = ''] = process.argv;
  // Each command has its own cache: they need different functions of the same files.
  const command = /^[a-z][a-z-]{0,30}$/.test(word) ? word : 'none';
  require('./load-kept.js')(bundle, join(__dirname, '../.cache', require('../package.json').version, command));
} else require(bundle);

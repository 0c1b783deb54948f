#!/usr/bin/env node
// A source file, not a build output, so that npm can link it in a fresh clone before anything is built. It uses only syntax that old
// versions of Node parse, so that they print the message below. Everything is in this one file, because Node takes longer to find a second
// file than to read it.
'use strict';
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, sep } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: Keywright needs Node.js 20.19 or later, and this is ${process.versions.node}`);
  process.exit(2);
}

// Loaded before the flag below is set, because Node compiles its own modules again once the flag is set.
const { Script } = require('node:vm');
// Node 20 optimises functions so early that, in runs of about a second, optimising costs twice what it saves. Later versions of Node
// optimise later anyway, and refuse the flag.
if (major === 20) require('node:v8').setFlagsFromString('--interrupt-budget=500000');

const bundle = join(__dirname, '../bundle');

// A cache file consists of V8's compiled code for each file, the positions of these parts as JSON, and the length of that JSON.
const lengthDigits = 8;

// The code that V8 compiles in the first run of a command is cached. Later runs then take 30 to 40 % less CPU. The cache is in the package:
// whoever can write there could also change the bundle itself. A clone has no cache, since every build would have to delete it. Node 22's
// `enableCompileCache` caches fewer functions, and saves only 15 %.
if (__dirname.includes(`${sep}node_modules${sep}`) && process.env.NODE_DISABLE_COMPILE_CACHE !== '1') {
  const word = process.argv[2] || '';
  // Each command has its own cache, because commands need different functions of the same files.
  const command = /^[a-z][a-z-]{0,30}$/.test(word) ? word : 'none';
  load('main.cjs', join(__dirname, `../.cache/${command}-${process.version}-${process.arch}`));
} else require(join(bundle, 'main.cjs'));

/**
 * Loads a file of the bundle, and the files beside it that it requires with `./`. Code that V8 compiled in an earlier run is taken from the
 * file `cache`, unless the file or the version of V8 has changed.
 *
 * @param {string} entry
 * @param {string} cache
 */
function load(entry, cache) {
  const { data, places } = readCache(cache);
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  /** @type {{ name: string, modified: number, script: Script }[]} */
  const uncached = [];

  /** @type {(name: string) => unknown} */
  function loadFile(name) {
    const loaded = modules.get(name);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const filename = bundle + sep + name;
    const code = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'utf8')}\n})`;
    // Needed because V8 itself compares only the length of the code.
    const modified = statSync(filename).mtimeMs;
    const place = places.get(name);
    const cachedData = place && place.modified === modified ? data.subarray(place.start, place.end) : undefined;
    const script = new Script(code, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) uncached.push({ name, modified, script });
    script.runInThisContext()(module.exports, requireFrom, module, filename, bundle);
    return module.exports;
  }

  /** @type {(name: string) => unknown} */
  function requireFrom(name) {
    return name.startsWith('./') ? loadFile(name.slice(2)) : require(name);
  }

  // Written at the end, when V8 has compiled every function that was called.
  process.once('exit', () => {
    // Exit code 2 means wrong usage: the first word may not be a command, so it gets no cache.
    if (uncached.length === 0 || process.exitCode === 2) return;
    const parts = new Map();
    for (const [name, { modified, start, end }] of places)
      parts.set(name, { modified, part: data.subarray(start, end) });
    for (const { name, modified, script } of uncached) parts.set(name, { modified, part: script.createCachedData() });
    try {
      writeCache(cache, parts);
    } catch (_) {
      // The package cannot be written to, so the next run compiles again.
    }
  });
  loadFile(entry);
}

/** @type {(file: string) => { data: Buffer, places: Map<string, { modified: number, start: number, end: number }> }} */
function readCache(file) {
  try {
    const data = readFileSync(file);
    const end = data.length - lengthDigits;
    const json = data.toString('latin1', end - Number(data.toString('latin1', end)), end);
    return { data, places: new Map(JSON.parse(json)) };
  } catch (_) {
    return { data: Buffer.alloc(0), places: new Map() };
  }
}

/** @type {(file: string, parts: Map<string, { modified: number, part: Buffer }>) => void} */
function writeCache(file, parts) {
  const places = [];
  let start = 0;
  parts.forEach(({ modified, part }, name) => {
    const end = start + part.length;
    places.push([name, { modified, start, end }]);
    start = end;
  });
  const json = JSON.stringify(places);
  const length = String(json.length).padStart(lengthDigits);
  mkdirSync(dirname(file), { recursive: true });
  // Another process may read or write the same cache, so the finished file is moved into place.
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, Buffer.concat([...Array.from(parts.values(), ({ part }) => part), Buffer.from(json + length)]));
  renameSync(beside, file);
}

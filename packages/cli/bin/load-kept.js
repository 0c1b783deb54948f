/** Loads the bundle with what V8 made of it in an earlier run. */
'use strict';
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, sep } = require('node:path');
const { Script } = require('node:vm');

/**
 * Loads a file of the bundle and those beside it that it requires with `./`. What V8 makes of each file is kept in `folder`, which is for
 * one command of one version of the package. V8 itself refuses what another version of it made.
 *
 * @param {string} entry
 * @param {string} folder
 */
module.exports = (entry, folder) => {
  const place = join(folder, `${process.version}-${process.arch}`);
  const bundle = dirname(entry);
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  /** @type {{ name: string, script: Script }[]} */
  const unkept = [];

  /** @type {(name: string) => unknown} */
  function load(name) {
    const loaded = modules.get(name);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const file = bundle + sep + name;
    const code = `(function (exports, require, module, __filename) {${readFileSync(file, 'utf8')}\n})`;
    const cachedData = read(place + sep + name);
    const script = new Script(code, { filename: file, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected) unkept.push({ name, script });
    const requireFrom = (/** @type {string} */ other) =>
      other.startsWith('./') ? load(other.slice(2)) : require(other);
    script.runInThisContext()(module.exports, requireFrom, module, file);
    return module.exports;
  }

  // At the end, when V8 has compiled the functions that were called.
  process.once('exit', () => {
    // After wrong usage the command may be no command.
    if (unkept.length === 0 || process.exitCode === 2) return;
    try {
      mkdirSync(place, { recursive: true });
      for (const { name, script } of unkept) {
        const kept = join(place, name);
        // Another process may read or write the same one.
        const beside = `${kept}.${process.pid}`;
        writeFileSync(beside, script.createCachedData());
        renameSync(beside, kept);
      }
    } catch {
      // The package cannot be written to, so the next run compiles again.
    }
  });
  load(basename(entry));
};

/** @type {(path: string) => Buffer | undefined} */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Loads the bundle with the code that V8 compiled in an earlier run. */
'use strict';
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * Loads a file of the bundle and the files that it requires with `./`. V8's compiled code for each is cached in `folder`, which
 * belongs to one command of one version of the package. V8 itself rejects code that another version of V8 compiled.
 *
 * @param {string} entry
 * @param {string} folder
 */
module.exports = (entry, folder) => {
  const place = join(folder, `${process.version}-${process.arch}`);
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  /** @type {{ file: string, script: Script }[]} */
  const unkept = [];

  /** @type {(file: string) => unknown} */
  function load(file) {
    const loaded = modules.get(file);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const code = `(function (exports, require, module, __filename) {${readFileSync(file, 'utf8')}\n})`;
    const cachedData = read(join(place, basename(file)));
    const script = new Script(code, { filename: file, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected) unkept.push({ file, script });
    const requireFrom = (/** @type {string} */ name) =>
      name.startsWith('./') ? load(join(dirname(file), name)) : require(name);
    script.runInThisContext()(module.exports, requireFrom, module, file);
    return module.exports;
  }

  // On exit, once V8 has compiled the functions that were called.
  process.once('exit', () => {
    // After wrong usage, the first word may not be a command.
    if (unkept.length === 0 || process.exitCode === 2) return;
    try {
      mkdirSync(place, { recursive: true });
      for (const { file, script } of unkept) {
        const kept = join(place, basename(file));
        // Another process may be reading or writing the same file.
        const beside = `${kept}.${process.pid}`;
        writeFileSync(beside, script.createCachedData());
        renameSync(beside, kept);
      }
    } catch {
      // The package cannot be written to, so the next run compiles again.
    }
  });
  load(entry);
};

/** @type {(path: string) => Buffer | undefined} */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

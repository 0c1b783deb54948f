/**
 * Loaded into the command before anything else (`node --require`): kills it before the call to the file system that
 * KILL_AT says, of those that change something. A file that would be written whole is written half then.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { openSync, writeFileSync } = fs;
let left = Number(process.env.KILL_AT);

for (const name of [
  'chmodSync',
  'chownSync',
  'fsyncSync',
  'mkdtempSync',
  'openSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
]) {
  const original = fs[name];
  fs[name] = (...args) => {
    const reads = name === 'openSync' && (args[1] === undefined || args[1] === 'r' || args[1] === 0);
    if (!reads) left -= 1;
    if (left !== 0 || reads) return original(...args);
    if (name.startsWith('write')) writeHalf(args);
    process.kill(process.pid, 'SIGKILL');
    // The signal comes at once, and not at the same moment.
    for (;;);
  };
}
syncBuiltinESMExports();

function writeHalf([file, data]) {
  const text = String(data);
  writeFileSync(typeof file === 'number' ? file : openSync(file, 'w'), text.slice(0, text.length / 2));
}

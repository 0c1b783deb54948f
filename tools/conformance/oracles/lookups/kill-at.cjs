/**
 * Loaded into the command before anything else (`node --require`). Kills the command before the KILL_AT-th call that changes the file
 * system. If that call would write a whole file, half of the file is written.
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
    // `kill` returns before the signal ends the process.
    for (;;);
  };
}
syncBuiltinESMExports();

function writeHalf([file, data]) {
  const text = String(data);
  writeFileSync(typeof file === 'number' ? file : openSync(file, 'w'), text.slice(0, text.length / 2));
}

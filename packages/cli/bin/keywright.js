#!/usr/bin/env node
// Apart from what is built so that it exists, executable, when npm links it in a fresh clone.

// Node 20 compiles functions to optimised code so early that, in the second that most runs take, it costs twice what it saves.
// Later versions wait by themselves, and refuse the flag.
if (process.versions.node.startsWith('20.')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=500000');
}
await import('../bundle/main.js');

#!/usr/bin/env node
// Apart from what is built so that it exists, executable, when npm links it in a fresh clone.
await import('../dist/build.js');

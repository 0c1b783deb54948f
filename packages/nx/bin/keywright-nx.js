#!/usr/bin/env node
// A source file, not a build output: npm links it in a fresh clone before anything is built.
await import('../dist/build.js');

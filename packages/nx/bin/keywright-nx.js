#!/usr/bin/env node
// A source file, not a build output, so that npm can link it in a fresh clone before anything is built.
await import('../dist/build.js');

/** chokidar does not report changes that happen while it looks for the files to watch. A run has to notice these changes. */
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

/** Every watcher that was started. A watcher reports nothing but `ready`. */
const watchers: EventEmitter[] = [];
vi.mock('chokidar', () => ({
  watch() {
    const watcher = Object.assign(new EventEmitter(), { close: async () => {} });
    watchers.push(watcher);
    return watcher;
  },
}));

let cwd: string;
beforeEach(() => {
  watchers.length = 0;
  cwd = mkdtempSync(join(tmpdir(), 'keywright-watch-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

it.each([
  ['appears', () => writeFileSync(join(cwd, 'teams/b/keys.yaml'), 'stack: {}\n'), 'teams/b/keys.yaml'],
  ['changes', () => writeFileSync(join(cwd, 'teams/a/keys.yaml'), 'stack: {}\n'), 'teams/a/keys.yaml'],
  ['disappears', () => rmSync(join(cwd, 'keywright.yaml')), 'keywright.yaml'],
])('a file that %s while the watcher starts is noticed', async (_, change, file) => {
  writeFileSync(join(cwd, 'keywright.yaml'), 'keywright: 1\napp: payments\ninclude: ["teams/*/keys.yaml"]\n');
  for (const team of ['a', 'b']) mkdirSync(join(cwd, 'teams', team), { recursive: true });
  writeFileSync(join(cwd, 'teams/a/keys.yaml'), 'stacks: {}\n');
  writeFileSync(join(cwd, 'notes.txt'), 'no part of the project\n');
  const interrupt = new AbortController();
  const io = fakeIo({ cwd, interruption: () => interrupt.signal });
  const ended = run(['check', '--watch'], io);
  await vi.waitFor(() => expect(watchers.length).toBe(1), { timeout: 20_000 });
  // The file system of the test stores times in milliseconds.
  await new Promise((done) => setTimeout(done, 5));
  change();
  writeFileSync(join(cwd, 'notes.txt'), 'nor is this\n');
  watchers[0]?.emit('ready');
  await vi.waitFor(() => expect(io.err()).toContain(`── changed: ${file} ──`), { timeout: 20_000 });
  interrupt.abort();
  expect(await ended).toBe(0);
});

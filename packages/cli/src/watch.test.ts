import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-watch-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Writes a file in one step. Otherwise, a slow run might notice the half-written file as a separate change. */
function write(path: string, text: string): void {
  const staged = mkdtempSync(join(tmpdir(), 'keywright-staged-'));
  writeFileSync(join(staged, 'file'), text);
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  renameSync(join(staged, 'file'), join(cwd, path));
  rmSync(staged, { recursive: true });
}

const stack = (name: string) => `stacks:\n  ${name}:\n    keys:\n      orders: { rotation: true }\n`;
const project = `keywright: 1\napp: payments\ninclude: ["teams/*/keys.yaml"]\n`;

function watching(...argv: readonly string[]) {
  const interrupt = new AbortController();
  const io = fakeIo({ cwd, interruption: () => interrupt.signal });
  const ended = run(argv, io);
  const reports = () => io.out().match(/(no problems|\d+ (errors?|warnings?|notes?))(?=(, [^\n]*)?\n)/g) ?? [];
  return {
    io,
    reports,
    until: (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 50_000 }),
    end: () => {
      interrupt.abort();
      return ended;
    },
  };
}

it('a check runs again when a file changes, appears or disappears, and Ctrl-C ends it normally', async () => {
  write('keywright.yaml', project);
  write('teams/a/keys.yaml', stack('a'));
  const { io, reports, until, end } = watching('check', '--watch');
  await until(() => io.err().includes('watching for changes'));
  expect(reports()).toEqual(['no problems']);

  const next = async (change: () => void, outcome: string) => {
    const before = reports().length;
    change();
    await until(() => reports().length > before && reports().at(-1) === outcome);
  };
  await next(() => write('teams/a/keys.yaml', stack('a').replace('keys:', 'alaises: {}\n    keys:')), '1 error');
  expect(io.err()).toContain('── changed: teams/a/keys.yaml ──');
  await next(() => write('teams/a/keys.yaml', stack('a')), 'no problems');
  await next(() => write('teams/b/keys.yaml', stack('b').replace('keys:', 'alaises: {}\n    keys:')), '1 error');
  expect(io.err()).toContain('── changed: teams/b/keys.yaml ──');
  await next(() => rmSync(join(cwd, 'teams/b/keys.yaml')), 'no problems');
  expect(await end()).toBe(0);
});

it('a build runs again for files in new folders and for files that reappear', async () => {
  write(
    'keywright.yaml',
    `keywright: 1
app: payments
include: [new/team/keys.yaml, "others/*/*.yaml"]
environments: { prod: { account: "111122223333", region: eu-west-1 } }
targets: { terraform: { templates: ./templates } }
stacks:
  main:
    environment: prod
    imports: { i: { lookup: { alias: shared } } }
    keys: { k: { policy: { file: policies/k.json } } }
`,
  );
  const { io, until, end } = watching('build', '--watch', '--target', 'terraform');
  /** Returns the outcome of each run. */
  const runs = () =>
    (io.out().match(/(no problems|\d+ (error|warning)[^\n]*)\n/g) ?? []).map((line) =>
      Number(/^(\d+) error/.exec(line)?.[1] ?? 0),
    );
  await until(() => io.err().includes('watching for changes'));
  const next = async (change: () => void, errors: number) => {
    const before = runs().length;
    change();
    await until(() => runs().length > before && runs().at(-1) === errors);
  };
  expect(runs()).toEqual([3]);
  const allow = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*' };
  const entry = {
    account: '111122223333',
    region: 'eu-west-1',
    alias: 'alias/shared',
    keyId: '1',
    arn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  };
  await next(() => write('new/team/keys.yaml', stack('a')), 2);
  await next(() => write('others/b/keys.yaml', stack('b')), 2);
  await next(() => write('policies/k.json', JSON.stringify({ Statement: allow })), 1);
  await next(() => write('keywright.context.json', JSON.stringify({ version: 1, aliases: [entry] })), 1);
  await next(() => write('templates/versions.tf.hbs', '# own\n'), 0);
  await next(() => write('templates/versions.tf.hbs', '{{#if'), 1);
  await next(() => write('templates/versions.tf.hbs', '# own\n'), 0);
  await next(() => rmSync(join(cwd, 'keywright.yaml')), 1);
  // The outputs of the last build are removed, because otherwise lost keys would be reported.
  rmSync(join(cwd, 'out'), { recursive: true });
  await next(() => write('keywright.yaml', `keywright: 1\napp: payments\n`), 0);
  await next(() => write('keywright.yaml', 'keywright: ['), 1);
  await next(() => write('keywright.yaml', `keywright: 1\napp: payments\n${stack('c')}`), 0);
  expect(io.err().match(/watching for changes/g)).toHaveLength(1);
  expect(await end()).toBe(0);
});

it('control characters in the name of a file are not printed', async () => {
  write('keywright.yaml', 'keywright: 1\napp: payments\ninclude: ["*.yaml"]\n');
  const { io, reports, until, end } = watching('check', '--watch');
  await until(() => io.err().includes('watching for changes'));
  write('\u001b]0;gone\u0007.yaml', stack('a'));
  await until(() => reports().length === 2);
  expect(io.err()).toContain('── changed: \\u{1b}]0;gone\\u{7}.yaml ──');
  expect(await end()).toBe(0);
});

it('a build runs again when a source changes, and ignores the files that it writes itself', async () => {
  write('keywright.yaml', `keywright: 1\napp: payments\ninclude: ["*/keys.yaml"]\n${stack('security')}`);
  const { io, reports, until, end } = watching('build', '--watch');
  await until(() => io.err().includes('watching for changes'));
  write(
    'keywright.yaml',
    `keywright: 1\napp: payments\ninclude: ["*/keys.yaml"]\n${stack('renamed')}    moved: [{ from: security.* }]\n`,
  );
  await until(() => reports().length === 2);
  expect(readFileSync(join(cwd, 'out/keywright.manifest.json'), 'utf8')).toContain('renamed');
  const settled = () => new Promise((later) => setTimeout(later, 400));
  await settled();
  expect(reports()).toHaveLength(2);
  write('README.md', 'a new file might be one to include');
  await settled();
  const before = reports().length;
  write('README.md', 'and is not');
  await settled();
  expect(reports()).toHaveLength(before);
  expect(await end()).toBe(0);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-baseline-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const head = `keywright: 1
app: old
environments:
  prod: { account: "111122223333", region: eu-west-1 }
`;
const stack = (keys: string, environment = 'prod') => `stacks:
  security:
    environment: ${environment}
    keys:
${keys}`;
const old = `      orders:
        statements:
          - { sid: Topics, principals: { service: sns }, actions: [kms:Decrypt] }
          - { sid: Queues, principals: { service: sqs }, actions: [kms:Decrypt] }
`;

function project(text: string): void {
  writeFileSync(join(cwd, 'keywright.yaml'), text);
}

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

async function found(...argv: readonly string[]) {
  const { code, out } = await keywright(...argv, '--format', 'json');
  const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string; message: string; span?: unknown }[] };
  return [code, ...diagnostics.map(({ code }) => code)];
}

const file = () => join(cwd, 'keywright.baseline.json');

describe('a baseline', () => {
  it('hides existing findings even if lines move, but no new ones', async () => {
    project(head + stack(old));
    expect(await found('check')).toEqual([0, 'KW7018', 'KW7009', 'KW7009']);
    expect(await keywright('check', '--write-baseline')).toEqual({
      code: 0,
      out: 'no problems\n',
      err: 'wrote keywright.baseline.json: 3 findings\n',
    });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      version: 1,
      findings: [
        { code: 'KW7018', file: 'keywright.yaml', at: 'stacks.security.keys.orders', count: 1 },
        { code: 'KW7009', at: 'stacks.security.keys.orders.statements', count: 1 },
        { code: 'KW7009', at: 'stacks.security.keys.orders.statements', count: 1 },
      ],
    });
    const text = readFileSync(file(), 'utf8');
    expect(await found('check')).toEqual([0]);

    // Other keys come before the key with the finding, and both layout and order have changed.
    const moved = `      aaa: { rotation: true }
      orders:

        statements:
          - sid: Queues
            principals: { service: sqs }
            actions: [kms:Decrypt]
          - sid: Topics
            principals: { service: sns }
            actions: [kms:Decrypt]
`;
    project(`# a comment\n${head}${stack(moved)}`);
    expect(await found('check')).toEqual([0]);
    await keywright('check', '--write-baseline');
    expect(readFileSync(file(), 'utf8')).toBe(text);

    const third = '          - { sid: More, principals: { service: sns }, actions: [kms:Encrypt] }\n';
    project(head + stack(old + third));
    expect(await found('check')).toEqual([0, 'KW7009']);
    expect(await found('build')).toEqual([0, 'KW7009']);
    project(head + stack(`${old}      other: {}\n`));
    expect(await found('check', '--max-warnings', '0')).toEqual([1, 'KW5124', 'KW7018']);
  });

  it('reports entries that no longer match, at their place', async () => {
    project(head + stack(old));
    await keywright('check', '--write-baseline');
    project(head + stack('      orders: { rotation: true }\n'));
    const { code, out } = await keywright('check');
    expect(code).toBe(0);
    expect(out.match(/warning\[KW5125\]/g)).toHaveLength(3);
    expect(out).toContain('the baseline lists KW7018, which is no longer found: `orders` is not rotated\n');
    expect(out).toContain('--> keywright.baseline.json:');
    for (const format of ['sarif', 'github']) {
      expect((await keywright('check', '--format', format)).out.match(/KW5125/g)?.length).toBeGreaterThanOrEqual(3);
    }
    // A build may be for some of the targets only.
    expect(await found('build')).toEqual([0]);
    await keywright('check', '--write-baseline');
    expect(await found('check')).toEqual([0]);
  });

  it('hides no more equal findings than it lists, and reports if fewer remain', async () => {
    const twice = `${old}          - { sid: More, principals: { service: sns }, actions: [kms:Encrypt] }\n`;
    project(head + stack(twice));
    await keywright('check', '--write-baseline');
    expect(await found('check')).toEqual([0]);
    project(head + stack(old));
    const { out } = await keywright('check');
    expect(out).toContain('the baseline lists KW7009 2 times, and 1 of these findings remains: `sns');
  });

  it('never hides errors, and does not report stale entries while the rules cannot run', async () => {
    const rules = 'rules: { KW7018: error }\n';
    project(head + stack(old));
    await keywright('check', '--write-baseline');
    project(head + rules + stack(old));
    expect(await found('check')).toEqual([1, 'KW7018']);
    expect(await found('build')).toEqual([1, 'KW7018']);
    expect(await found('check', '--write-baseline')).toEqual([1, 'KW7018']);
    expect(readFileSync(file(), 'utf8')).not.toContain('KW7018');
    const before = readFileSync(file(), 'utf8');

    project(head + stack(old.replace('orders:', 'orders: # a typo below\n        rotatoin: true')));
    expect(await found('check')).toEqual([1, 'KW1001']);
    const refused = await keywright('check', '--write-baseline');
    expect([refused.code, refused.err]).toEqual([
      1,
      'wrote no baseline: rules run only if there are no other errors\n',
    ]);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('can be in another file that --baseline names, but a file of another kind is neither read nor overwritten', async () => {
    project(head + stack(old));
    mkdirSync(join(cwd, 'ci'));
    await keywright('check', '--write-baseline', '--baseline', 'ci/known.json');
    expect(await found('check', '--baseline', 'ci/known.json')).toEqual([0]);
    expect(await found('build', '--baseline', 'ci/known.json')).toEqual([0]);
    expect(await found('check', '--baseline', 'ci/none.json')).toContain('KW5126');
    for (const text of ['no', '{}', '{"version":2,"findings":[]}', '{"version":1,"findings":[{"code":"KW7018"}]}']) {
      writeFileSync(file(), text);
      expect(await found('check')).toEqual([1, 'KW5126', 'KW7018', 'KW7009', 'KW7009']);
      expect(await found('build')).toContain('KW5126');
      expect(await found('check', '--write-baseline')).toContain('KW5126');
      expect(readFileSync(file(), 'utf8')).toBe(text);
    }
    expect(await found('check', '--write-baseline', '--baseline', 'keywright.yaml')).toContain('KW5126');
    expect(readFileSync(join(cwd, 'keywright.yaml'), 'utf8')).toBe(head + stack(old));
  });
});

describe('--max-warnings and --quiet', () => {
  it('count warnings that are not printed, and build writes nothing if there are too many', async () => {
    project(head + stack(old));
    expect(await found('check', '--max-warnings', '3')).toEqual([0, 'KW7018', 'KW7009', 'KW7009']);
    expect(await found('check', '--max-warnings', '2')).toEqual([1, 'KW5124', 'KW7018', 'KW7009', 'KW7009']);
    expect(await found('check', '--quiet')).toEqual([0]);
    expect(await found('check', '--quiet', '--max-warnings', '2')).toEqual([1, 'KW5124']);
    const { code, out } = await keywright('build', '--quiet', '--max-warnings', '0', '--format', 'github');
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /^::error title=KW5124::there are 3 warnings, and --max-warnings allows 0%0Ahelp: .*\n1 error\n$/,
      ),
    ]);
    expect(() => readFileSync(join(cwd, 'out/keywright.manifest.json'))).toThrow('ENOENT');
    expect(await found('build', '--quiet')).toEqual([0]);
  });

  it.each(['-1', 'x', '1.5', ''])('refuse %j as the number of warnings', async (value) => {
    project(head + stack(old));
    expect((await keywright('check', `--max-warnings=${value}`)).code).toBe(2);
  });
});

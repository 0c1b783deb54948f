import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

const project = `keywright: 1
app: fleet
environments:
  dev: { account: "111111111111", region: eu-west-1 }
  test: { account: "222222222222", region: eu-west-1 }
  prod-eu: { account: "333333333333", region: eu-west-1 }
  prod-us: { account: "333333333333", region: us-east-1 }
principals:
  auditor: { role: "arn:aws:iam::\${account}:role/Auditor", mutable: false }
  # Of one account: the grant is a policy on the role there, and in the key policy elsewhere.
  operator: { role: "arn:aws:iam::222222222222:role/Operator" }
stacks:
  core:
    environment: [dev, prod-eu, prod-us]
    keys:
      orders:
        rotation: true
        in:
          prod-*: { grants: [{ to: auditor, can: decrypt }] }
  data:
    environment: [dev, test]
    keys:
      logs:
        rotation: true
        grants: [{ to: operator, can: decrypt }]
`;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-variants-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function check(text: string, ...more: readonly string[]) {
  writeFileSync(join(cwd, 'keywright.yaml'), text);
  return runIn(cwd, ['check', '--quiet', '--explain-variants', ...more]);
}

describe('check --explain-variants', () => {
  it('lists the environments that share a program, and the line that makes another program necessary', async () => {
    expect((await check(project)).out).toBe(`no problems

core: 2 programs for 3 environments
  core       in dev
  core-prod  in prod-eu, prod-us
    in: prod-*
      keywright.yaml:19:11  prod-*: { grants: [{ to: auditor, can: decrypt }] }

data: 2 programs for 2 environments
  data       in dev
  data-test  in test
    the policy of the key \`logs\` has this elsewhere only
      keywright.yaml:25:18  grants: [{ to: operator, can: decrypt }]
    the policy on the role \`operator\` is here only
      keywright.yaml:25:18  grants: [{ to: operator, can: decrypt }]
`);
  });

  it('says that all environments share one program', async () => {
    const one = project
      .replace(/^ +prod-\*:.*\n/m, '          prod-*: { description: Of production }\n')
      .replace('rotation: true\n        in', 'description: Orders\n        in');
    expect((await check(one)).out).toContain(
      'core: one program for 3 environments\n  core  in dev, prod-eu, prod-us\n',
    );
  });

  it('names the program it compares with if no program has the name of the stack', async () => {
    const { out } = await check(`keywright: 1
app: fleet
environments:
  prod: { account: "333333333333", region: eu-west-1 }
  test: { account: "222222222222", region: eu-west-1 }
stacks:
  core:
    environment: [prod, test]
    in:
      prod: { keys: { orders: { rotation: true } } }
      test: { keys: { logs: { rotation: true } } }
`);
    expect(out).toContain('  core-prod  in prod\n  core-test  in test, unlike core-prod\n    in: test\n');
  });

  it('is refused for machine formats', async () => {
    const { code, err } = await check(project, '--format', 'json');
    expect({ code, err }).toEqual({ code: 2, err: 'error: --explain-variants needs --format text\n' });
  });
});

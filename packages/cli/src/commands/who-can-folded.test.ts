import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputIn } from '../testing/run-in.ts';

const names = Array.from({ length: 36 }, (_, index) => `env-${String(index + 1).padStart(2, '0')}`);

/** 36 environments with an account each, half of them in a second region. In `env-07` and `env-20`, a partner may decrypt too. */
const project = `keywright: 1
app: fleet
environments:
${names.map((name, index) => `  ${name}: { account: "${100_000_000_001 + index}", region: ${index % 2 === 0 ? 'eu-west-1' : 'us-east-1'} }`).join('\n')}
principals:
  auditor: { role: "arn:aws:iam::\${account}:role/Auditor" }
  partner: { role: "arn:aws:iam::999999999999:role/Partner" }
stacks:
  data:
    environment: [${names.join(', ')}]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
      orders:
        grants: [{ to: [api, auditor], can: decrypt, via: s3 }]
        in:
          env-07: { grants: [{ to: partner, can: decrypt }] }
          env-20: { grants: [{ to: partner, can: decrypt }] }
`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-who-can-folded-'));
  writeFileSync(join(cwd, 'keywright.yaml'), project);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const outputOf = (...argv: readonly string[]) => outputIn(cwd, argv);

describe('who-can for a stack with many environments', () => {
  it('prints equal answers once, with their environments', async () => {
    const out = await outputOf('who-can', 'decrypt', 'orders');
    expect(out.match(/^data.*(?=arn:)/gm)).toEqual([
      'data.orders  in 34 of 36 environments (not in env-07, env-20)  ',
      expect.any(String),
      ...(out.match(/^data-.*(?=arn:)/gm) ?? []).slice(1),
    ]);
    const [equal, ...others] = out.split(/^(?=data)/m);
    expect(equal).toContain('arn:aws:kms:${region}:${account}:key/<id of data-${environment}/key/orders>');
    expect(equal).toContain('s3.${region}.amazonaws.com');
    expect(equal).not.toContain('999999999999');
    expect(others).toHaveLength(2);
  });

  it('prints every answer that differs', async () => {
    const out = await outputOf('who-can', 'decrypt', 'data-env-07.orders');
    expect(out).toMatch(/^data-env-07\.orders {2}arn:aws:kms:eu-west-1:100000000007:/);
    expect(out).not.toContain('${');
  });

  it('prints every deployment as JSON', async () => {
    const { keys } = JSON.parse(await outputOf('who-can', 'decrypt', 'orders', '--format', 'json'));
    expect(keys).toHaveLength(36);
  });
});

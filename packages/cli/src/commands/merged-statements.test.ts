/** A statement that was merged from several statements is reported with the lines of all of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputIn } from '../testing/run-in.ts';

const project = `keywright: 1
app: shop
environments: { prod: { account: "111122223333", region: eu-west-1 } }
standards:
  described: { grants: [{ to: reader, can: describe }] }
principals:
  reader: { role: "arn:aws:iam::111122223333:role/Reader", mutable: false }
  writer: { role: "arn:aws:iam::111122223333:role/Writer", mutable: false }
stacks:
  main:
    environment: prod
    keys:
      orders:
        standard: described
        grants:
          - { to: writer, can: decrypt }
          - { to: reader, can: encryptDecrypt }
          - { to: writer, can: [encrypt, describe] }
`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-merged-'));
  writeFileSync(join(cwd, 'keywright.yaml'), project);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const outputOf = (...argv: readonly string[]) => outputIn(cwd, argv);

const lines = 'keywright.yaml:5 (standard described), 16, 17, 18';

test('who-can reports all lines of a merged statement', async () => {
  const out = await outputOf('who-can', 'decrypt', 'orders');
  expect(out).toContain(`  key policy  ${lines}\n`);
  const json = JSON.parse(await outputOf('who-can', 'decrypt', 'orders', '--format', 'json'));
  const by = json.keys[0].principals[0].answers[0].by.at(-1);
  expect([by.source, ...by.source.also].map(({ line, through }) => [line, through]).sort()).toEqual([
    [16, undefined],
    [17, undefined],
    [18, undefined],
    [5, 'standard described'],
  ]);
});

test('why reports all lines of a merged statement', async () => {
  const out = await outputOf('why', 'reader', 'encrypt', 'orders');
  expect(out).toContain(`Allowed by the Allow of the key policy at ${lines}.`);
  expect(out).toContain(`   ✓ The Allow of the key policy at ${lines}: `);
});

test('policy reports all lines of a merged statement, and the outputs do not', async () => {
  const comment = `keywright.yaml:13 (the default key policy)`;
  expect(await outputOf('policy', 'orders')).toContain(`    // ${lines}\n`);
  expect(await outputOf('policy', 'orders', '--target', 'terraform')).toContain(
    `# statement 1: ${comment}\n# statement 2: ${lines}\n`,
  );
  await outputOf('build', '--target', 'terraform');
  const module = readFileSync(join(cwd, 'out/terraform/main/main.tf'), 'utf8');
  expect(module).toContain('# stacks.main.keys.orders in keywright.yaml, through standard described\n');
  expect(module).not.toContain('16, 17');
});

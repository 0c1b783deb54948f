/**
 * Variants of real sources are read as their own tools evaluate them: modules as Terraform and the AWS provider plan them, templates as
 * cfn-lint expands their loops. `variants/README.md` says where the variants come from.
 */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIn } from './testing/run-in.ts';

const variants = join(import.meta.dirname, '../variants');
const place = ['--account', '123456789012', '--region', 'eu-west-1'];

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-variants-'));
  cpSync(variants, cwd, { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

/** Imports a source, builds the result, and expects no difference from the source. */
async function goesRound(source: string, name: string, ...more: readonly string[]) {
  const imported = await keywright('import', source, ...place, ...more, '--out', `${name}/keywright.yaml`);
  expect(imported.code, imported.err).toBe(0);
  const built = await keywright('build', name, '--out', `${name}/out`);
  expect(built.code, built.out).toBe(0);
  const again = await keywright('diff', source, name, ...place, ...more);
  expect(again.out, again.err).toBe('no difference\n');
}

test.each(readdirSync(join(variants, 'terraform')))(
  'the module %s is read as Terraform plans it, and imported unchanged',
  { timeout: 60_000 },
  async (name) => {
    const folder = join('terraform', name);
    const { code, out, err } = await keywright('diff', join(folder, 'plan.json'), join(folder, 'source'), ...place);
    expect(out, err).toBe('no difference\n');
    expect(code).toBe(0);
    await goesRound(join(folder, 'source'), `made-${name}`);
  },
);

test('every compared plan has keys, and a plan of another module differs', async () => {
  const folders = readdirSync(join(variants, 'terraform'));
  expect(folders).toHaveLength(12);
  for (const folder of folders) {
    const plan = readFileSync(join(variants, 'terraform', folder, 'plan.json'), 'utf8');
    expect(plan).toContain('"type": "aws_kms_key"');
  }
  const [one = '', other = ''] = folders;
  const different = await keywright('diff', `terraform/${one}/plan.json`, `terraform/${other}/source`, ...place);
  expect(different.code).toBe(1);
});

test('a template with loops is read as cfn-lint expands it, and imported unchanged', { timeout: 60_000 }, async () => {
  const given = ['--parameters', 'cfn/loops.parameters.json'];
  const { out, err } = await keywright('diff', 'cfn/loops.processed.json', 'cfn/loops.yaml', ...place, ...given);
  expect(out, err).toBe('no difference\n');
  await goesRound('cfn/loops.yaml', 'made-loops', ...given);
});

/** Tests `diff` of a project and what a tool manages. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from '../testing/run-in.ts';

const example = join(import.meta.dirname, '../../../../examples/quickstart');
const place = ['--account', '111122223333', '--region', 'eu-west-1'];

/** Changes the file of a source, then compares the source with the example. */
async function diffOf(source: string, file: string, change: (text: string) => string, ...options: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-sources-'));
  cpSync(example, join(cwd, 'keys'), { recursive: true });
  cpSync(join(example, 'out', source), join(cwd, source), { recursive: true });
  const path = join(cwd, source, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return runIn(cwd, ['diff', join(source, file.endsWith('.tf') ? '' : file), 'keys', ...options]);
}

const template = ['cfn', 'orders.template.yaml'] as const;
const module = ['terraform/orders', 'main.tf'] as const;
const same = { code: 0, out: 'no difference\n', err: '' };

describe('a source that equals the project', () => {
  test('may be a template in another layout', async () => {
    expect(await diffOf(...template, (text) => `# kept by hand\n\n${text}\n`, ...place)).toEqual(same);
  });
  test('may be a module in another layout', async () => {
    expect(await diffOf(...module, (text) => text.replaceAll(/ += /g, ' = '))).toEqual(same);
  });
});

test('a source equals the project that was imported from it, even if an SSM parameter has another name than its output', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-sources-'));
  const module = `resource "aws_kms_key" "orders" {}
resource "aws_ssm_parameter" "arn" {
  name  = "/kms/orders"
  type  = "String"
  value = aws_kms_key.orders.arn
}
`;
  mkdirSync(join(cwd, 'infra'));
  writeFileSync(join(cwd, 'infra/main.tf'), module);
  await runIn(cwd, ['import', 'infra', ...place]);
  expect(readFileSync(join(cwd, 'keywright.yaml'), 'utf8')).toContain(
    'arn: { value: "${keys.orders.arn}", parameter: "/kms/orders" }',
  );
  expect(await runIn(cwd, ['diff', 'infra', '.', ...place])).toEqual(same);
  writeFileSync(join(cwd, 'infra/main.tf'), module.replace('/kms/orders', '/kms/sales'));
  expect((await runIn(cwd, ['diff', 'infra', '.', ...place])).out).toContain('parameter /kms/sales is gone');
});

describe('a source with a different rotation', () => {
  test('is reported for a template', async () => {
    const change = (text: string) => text.replace('EnableKeyRotation: true', 'EnableKeyRotation: false');
    const { code, out } = await diffOf(...template, change, ...place);
    expect(code).toBe(1);
    expect(out).toContain('~ orders.orders: rotation off → 365 days');
  });
  test('is reported for a module', async () => {
    const change = (text: string) => text.replace(/enable_key_rotation( +)= true/, 'enable_key_rotation$1= false');
    const { code, out } = await diffOf(...module, change);
    expect(code).toBe(1);
    expect(out).toContain('~ orders.orders: rotation off → 365 days');
  });
});

describe('a source that cannot be read', () => {
  test('may be a truncated state', async () => {
    const { code, out, err } = await diffOf(...template, () => '{ "version": 4, "terraform_version": "1.9.0", "reso');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/error\[?.*KW80\d\d/);
    expect(err).not.toMatch(/\n\s+at .*\.ts:/);
  });
  test('may be a file of another kind', async () => {
    const { code, out, err } = await diffOf(...template, () => 'hello: world\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('it is not a CloudFormation template');
  });
});

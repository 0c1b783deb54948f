import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-problems-'));
  writeFileSync(
    join(cwd, 'keywright.yaml'),
    'keywright: 1\napp: shop\nstacks: { orders: { keys: { orders: { spec: NONE } } } }\n',
  );
  writeFileSync(join(cwd, 'template.yaml'), 'Resources:\n  Key: { Type: AWS::KMS::Key, Properties: { Color: red } }\n');
  writeFileSync(join(cwd, 'cdk.context.json'), '[');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test.each([['check'], ['build'], ['lookup']])(
  '`%s` prints problems on standard output, since they are its answer',
  async (command) => {
    const io = fakeIo({ cwd });
    await run([command], io);
    expect(io.out()).toContain('error[');
    expect(io.err()).toBe('');
  },
);

test.each([
  [['upgrade']],
  [['ir']],
  [['who-can', 'decrypt', 'orders']],
  [['why', 'arn:aws:iam::111122223333:role/a', 'decrypt', 'orders']],
  [['policy', 'orders']],
  [['graph']],
  [['diff', '.', 'template.yaml']],
  [['adopt', '--from', 'template.yaml', '--to', 'terraform']],
  [['context', 'import', 'cdk.context.json']],
  [['import', 'template.yaml', '--out', 'imported.yaml']],
])('%j prints problems on standard error, so that its answer can be piped', async (argv) => {
  const io = fakeIo({ cwd });
  await run(argv, io);
  expect(io.err()).toContain('error[');
  expect(io.out()).not.toContain('error[');
});

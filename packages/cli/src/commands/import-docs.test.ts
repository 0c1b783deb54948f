/** docs/import.md shows what the command prints for the example. `UPDATE=1` rewrites the page; review the difference. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const root = join(import.meta.dirname, '../../../..');
const example = join(root, 'examples/import-template');

test('the example in docs/import.md is the result for its template', async () => {
  const page = readFileSync(join(root, 'docs/import.md'), 'utf8');
  const [, command = ''] = /^\$ keywright (import .*)$/m.exec(page) ?? [];
  const out = join(mkdtempSync(join(tmpdir(), 'keywright-import-')), 'keywright.yaml');
  const io = fakeIo({ cwd: example });
  expect(await run([...command.split(' '), '--out', out], io)).toBe(0);
  expect([...io.err().matchAll(/\bKW\d{4}\b/g)].map(([code]) => code)).toEqual(['KW8213']);
  const file = join(example, 'keywright.yaml');
  if (process.env.UPDATE === '1') writeFileSync(file, readFileSync(out));
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(out, 'utf8'));
});

/** docs/access.md shows what the commands print. `UPDATE=1` rewrites the page; review the difference. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const root = join(import.meta.dirname, '../../../..');
const page = join(root, 'docs/access.md');

test('docs/access.md shows the actual output', async () => {
  const before = readFileSync(page, 'utf8');
  let after = before;
  for (const [block, command = ''] of before.matchAll(/```console\n\$ keywright (.*)\n[\s\S]*?```/g)) {
    const io = fakeIo({ cwd: join(root, 'examples/payments') });
    expect(await run(command.split(' '), io)).toBe(0);
    after = after.replace(block, () => `\`\`\`console\n$ keywright ${command}\n${io.out()}\`\`\``);
  }
  if (process.env.UPDATE === '1') writeFileSync(page, after);
  else expect(after).toBe(before);
});

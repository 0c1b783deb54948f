/** The committed outputs of each example equal what a build generates. `UPDATE=1` rebuilds them; review the difference. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

const folder = join(import.meta.dirname, '../../../examples');

for (const name of readdirSync(folder).sort()) {
  test(`examples/${name} is current`, async () => {
    if (process.env.UPDATE === '1') await run(['build', name, '--force'], fakeIo({ cwd: folder }));
    const io = fakeIo({ cwd: folder });
    const exitCode = await run(['build', name, '--check'], io);
    expect(`${io.out()}${io.err()}`).not.toContain('error');
    expect(exitCode).toBe(0);
  });
}

/** Each step in docs/platform-teams.md works as described. `UPDATE=1` rewrites what commands print; review the difference. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const page = join(import.meta.dirname, '../../../../docs/platform-teams.md');
const heading = '\n## From one account to two hundred\n';

test('the walk from one account to two hundred works as described', async () => {
  const [before = '', walk = ''] = readFileSync(page, 'utf8').split(heading);
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-walk-'));
  let after = walk;
  for (const [block, language, file, text = ''] of walk.matchAll(
    /^```(yaml|sh|console)(?: (\S+))?\n([\s\S]*?)^```$/gm,
  )) {
    if (file !== undefined) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), text);
    } else if (language === 'sh') execFileSync('bash', ['-c', text], { cwd });
    else {
      const commands = [...text.matchAll(/^\$ keywright (.*)$/gm)].map(([, command = '']) => command);
      expect(commands).not.toEqual([]);
      const printed: string[] = [];
      for (const command of commands) printed.push(await output(command, cwd));
      after = after.replace(block, () => `\`\`\`console\n${printed.join('')}\`\`\``);
    }
  }
  rmSync(cwd, { recursive: true });
  if (process.env.UPDATE === '1') writeFileSync(page, `${before}${heading}${after}`);
  else expect(after).toBe(walk);
}, 60_000);

/** Runs a command, and returns both the command and its output. The command must fail if, and only if, it prints an error. */
async function output(command: string, cwd: string): Promise<string> {
  const io = fakeIo({ cwd });
  const exitCode = await run(command.split(' '), io);
  const printed = `${io.err()}${io.out()}`;
  expect([command, exitCode]).toEqual([command, /^error/m.test(printed) ? 1 : 0]);
  return `$ keywright ${command}\n${printed}`;
}

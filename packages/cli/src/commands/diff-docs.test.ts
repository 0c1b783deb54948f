/** docs/diff.md shows exactly what the command prints for the example with the change on that page. `UPDATE=1` rewrites the page. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const root = join(import.meta.dirname, '../../../..');
const page = join(root, 'docs/diff.md');

test('docs/diff.md shows the actual output', async () => {
  const before = readFileSync(page, 'utf8');
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-docs-'));
  try {
    cpSync(join(root, 'examples/payments'), cwd, { recursive: true });
    const git = (...argv: readonly string[]) =>
      execFileSync('git', ['-C', cwd, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...argv], {
        stdio: 'ignore',
      });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'The example');
    applyPatch(cwd, /```diff\n([\s\S]*?)```/.exec(before)?.[1] ?? '');
    let after = before;
    for (const [block, language = '', command = ''] of before.matchAll(
      /```(console|markdown)\n\$ keywright (.*)\n[\s\S]*?\n```\n/g,
    )) {
      const io = fakeIo({ cwd });
      expect(await run(command.split(' '), io)).toBe(1);
      after = after.replace(block, () => `\`\`\`${language}\n$ keywright ${command}\n${io.out().trimEnd()}\n\`\`\`\n`);
    }
    if (process.env.UPDATE === '1') writeFileSync(page, after);
    else expect(after).toBe(before);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

/** Applies a patch to files. Each removed line must occur exactly once. */
function applyPatch(folder: string, patch: string): void {
  for (const part of patch.split(/^--- /m).slice(1)) {
    const [file = '', , ...lines] = part.split('\n');
    const path = join(folder, file.trim());
    let text = readFileSync(path, 'utf8');
    lines.forEach((line, index) => {
      if (!line.startsWith('-')) return;
      const old = `${line.slice(1)}\n`;
      expect(text.split(old).length - 1, line).toBe(1);
      const next = lines[index + 1] ?? '';
      text = text.replace(old, () => (next.startsWith('+') ? `${next.slice(1)}\n` : ''));
    });
    writeFileSync(path, text);
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Calls `use` with a folder of root modules, which is deleted when `use` has ended. */
export async function withWorkspace<Result>(
  files: ReadonlyMap<string, string>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-terraform-'));
  try {
    for (const [path, content] of files) {
      if (path.startsWith('terraform/')) writeBelow(folder, path, content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function writeBelow(folder: string, path: string, content: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

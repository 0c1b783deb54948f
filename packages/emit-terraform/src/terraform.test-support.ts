import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = 'terraform';
const found = spawnSync(command, ['version']).status === 0;
if (!found && process.env.CI === 'true') throw new Error('terraform is not installed, and CI has to run its tests');
if (!found) console.log('Skipped what needs terraform: there is no such command here.');

/** Whether to skip the tests that need terraform: only where terraform is not installed. */
export const withoutTerraform = !found;

export function terraformFmt(text: string): string {
  return run(['fmt', '-'], text);
}

export function terraformLocals(module: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-'));
  try {
    writeFileSync(join(folder, 'main.tf'), module);
    // The console prints a string in HCL syntax. As base64, the string has no `${` that the console would escape.
    return JSON.parse(
      Buffer.from(JSON.parse(run(['console'], 'base64encode(jsonencode(local.all))\n', folder)), 'base64').toString(),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(args: readonly string[], input: string, cwd?: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8', ...(cwd && { cwd }) });
  if (status !== 0) throw new Error(`terraform ${args.join(' ')}: ${stderr}`);
  return stdout;
}

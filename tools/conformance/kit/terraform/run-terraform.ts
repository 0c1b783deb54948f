import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** The errors, or the whole output, for people. */
  readonly problem: string;
}

/** Says why Terraform cannot run on this machine; `undefined` if it can. */
export function terraformMissing(): string | undefined {
  const { status, stdout } = spawnSync('terraform', ['version'], { env: environment(), encoding: 'utf8' });
  if (status !== 0) return 'there is no command terraform';
  const [, major, minor] = /^Terraform v(\d+)\.(\d+)/.exec(stdout) ?? [];
  // `removed` blocks exist since Terraform 1.7.
  return Number(major) > 1 || Number(minor) >= 7 ? undefined : 'the command terraform is older than 1.7';
}

/** Returns the variables for a command, without the user's own settings, credentials and workspaces. */
export function environment(reattach?: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    SystemRoot,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_CONFIG_FILE: process.platform === 'win32' ? 'NUL' : '/dev/null',
    ...(reattach !== undefined && { TF_REATTACH_PROVIDERS: reattach }),
  };
}

/** Registers with Terraform the modules that a root module calls. Required whenever the called modules change. */
export async function getModules(folder: string): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  // Starting Terraform takes a fifth of a second, and most root modules call no module.
  if (!files.some((name) => /^module "/m.test(readFileSync(join(folder, name), 'utf8')))) return;
  const { status, problem } = await terraform(folder, ['get', '-no-color']);
  if (status !== 0) throw new Error(problem);
}

/** Runs a Terraform command in a folder, with a running provider and more variables if given. Kills it after `timeout` ms. */
export async function terraform(
  folder: string,
  args: readonly string[],
  reattach?: string,
  { variables = {}, timeout }: { readonly variables?: NodeJS.ProcessEnv; readonly timeout?: number } = {},
): Promise<Outcome> {
  const child = spawn('terraform', args, {
    cwd: folder,
    env: { ...environment(reattach), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeout !== undefined && { timeout }),
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const stdout = Buffer.concat(out).toString();
  return { status, stdout, problem: Buffer.concat(err).toString().trim() || stdout.trim() };
}

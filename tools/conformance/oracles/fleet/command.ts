import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const packageFolder = join(import.meta.dirname, '../../../../packages/cli');

/** Why there is no command; undefined if there is one. */
export function missingCommand(): string | undefined {
  return existsSync(join(packageFolder, 'bundle/main.cjs')) ? undefined : 'packages/cli is not built (npm run build)';
}

export interface Running {
  kill(): void;
  /** The most memory that the process has had so far, in MB; undefined where the system does not tell. */
  peakMemory(): number | undefined;
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

/** Imports accounts into `keywright.yaml` of a folder, with answers kept there. */
export function startImport(folder: string, accounts: readonly string[], endpoint: string): Running {
  const args = ['import', 'account', '--account', accounts.join(','), '--region', 'eu-west-1', '--role', 'KeyReader'];
  const child = spawn(process.execPath, [join(packageFolder, 'bin/keywright.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAORGANISATION',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  const ended = Promise.all([once(child, 'exit'), text(child.stderr)]);
  return {
    kill: () => child.kill('SIGKILL'),
    peakMemory() {
      try {
        const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
        return peak === undefined ? undefined : Number(peak) / 1024;
      } catch {
        return undefined;
      }
    },
    ended: ended.then(([[status], stderr]) => ({ status, stderr })),
  };
}

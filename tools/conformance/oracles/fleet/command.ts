import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { command } from '../../kit/command.ts';

export interface Running {
  kill(): void;
  /** The peak memory of the process so far, in MB; `undefined` if the system does not report it. */
  peakMemory(): number | undefined;
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

/** Imports accounts into `keywright.yaml` in a folder, where the answers are kept too. */
export function startImport(folder: string, accounts: readonly string[], endpoint: string): Running {
  const args = ['import', 'account', '--account', accounts.join(','), '--region', 'eu-west-1', '--role', 'KeyReader'];
  const child = spawn(process.execPath, [command, ...args], {
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

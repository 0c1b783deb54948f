/**
 * Runs moto, an emulator of AWS, as a separate server on a free local port. additions/sitecustomize.py adds what moto's KMS lacks, and
 * documents that.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { answers, freePort } from '../../../../packages/lookup/src/local-server.test-support.ts';

const command = 'moto_server';
const additions = join(import.meta.dirname, 'additions');

export interface Moto {
  /** The address of every service. */
  readonly url: string;
  /** Empties every account. The credentials of assumed roles are lost too. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export function missingMoto(): string | undefined {
  return spawnSync(command, ['--help']).status === 0
    ? undefined
    : `${command} is not installed (pip install 'moto[server]')`;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(command, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // in a separate process group: if the command is a wrapper, its child has to end with it
    env: {
      ...process.env,
      PYTHONPATH: [additions, process.env.PYTHONPATH].filter(Boolean).join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  let said = ''; // the request log; its end is shown if something fails
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(server, 'exit');
  const kill = () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
  };
  // A separate process group does not get Ctrl-C from this terminal, so the process ends the server.
  const interrupted = () => process.exit(1);
  process.once('exit', kill).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  for (let waited = 0; !(await answers(url)); waited += 1) {
    if (waited === 600 || server.exitCode !== null) throw new Error(`${command} does not answer\n${said}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  // Python reports additions that fail, and continues without them.
  if (said.includes('sitecustomize')) throw new Error(`the additions to moto do not fit this version of it\n${said}`);
  return {
    url,
    async reset() {
      const { ok } = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error(`${command} cannot be reset\n${said}`);
    },
    async stop() {
      process.off('exit', kill).off('SIGINT', interrupted).off('SIGTERM', interrupted);
      kill();
      await ended;
    },
  };
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { answers, freePort } from './local-server.test-support.ts';

const command = 'moto_server';
const found = spawnSync(command, ['--help']).status === 0;
if (!found && process.env.CI === 'true') throw new Error(`${command} is not installed, and CI has to run its tests`);
if (!found) console.log(`Skipped what needs ${command}: there is no such command here.`);

/** Whether to skip the tests that need moto, because moto is not installed. */
export const withoutMoto = !found;

/** The account of all callers that have not assumed a role. */
export const motoAccount = '123456789012';

export interface Moto {
  /** The address of the server, for AWS_ENDPOINT_URL. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Starts a separate process group: if the command is a wrapper, its child has to end too.
  const server = spawn(command, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
  const ended = once(server, 'exit');
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
    await ended;
  };
  for (let waited = 0; !(await answers(url)); waited += 1) {
    if (waited === 300 || server.exitCode !== null) {
      await stop();
      throw new Error(`${command} does not answer`);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return { url, stop };
}

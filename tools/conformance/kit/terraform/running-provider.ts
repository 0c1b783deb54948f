import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FoundProvider } from './find-provider.ts';
import { environment } from './run-terraform.ts';

/** A provider that keeps running from one Terraform command to the next. */
export interface RunningProvider {
  /**
   * With this as `TF_REATTACH_PROVIDERS`, Terraform uses the running provider. Only for root modules with one provider configuration, and
   * for one command at a time: the process has one configuration, which each command replaces.
   */
  readonly reattach: string;
  stop(): Promise<void>;
}

/**
 * Starts the AWS provider as debuggers do. Terraform itself would start the provider several times for each command, and each start takes
 * seconds of processor time to build the schema.
 */
export async function startProvider(
  { program }: FoundProvider,
  variables: NodeJS.ProcessEnv,
): Promise<RunningProvider> {
  const provider = spawn(program, ['-debug'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...environment(), ...variables },
  });
  const ended = once(provider, 'exit');
  const kill = () => provider.kill();
  process.once('exit', kill);
  let printed = '';
  const reattach = await new Promise<string>((resolve, reject) => {
    provider.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, value] = /TF_REATTACH_PROVIDERS='([^']+)'/.exec(printed) ?? [];
      if (value !== undefined) resolve(value);
    });
    provider.on('error', reject).on('exit', () => reject(new Error(`the AWS provider has ended:\n${printed}`)));
  });
  return {
    reattach,
    async stop() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}

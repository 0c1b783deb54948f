/**
 * Follows the walks from tool to tool in docs/migrating.md. Each walk is carried out as the page says, with its code blocks. Every command
 * must succeed, print what the page shows, make no calls that write, and leave every key unchanged.
 */
import { spawnSync } from 'node:child_process';
import { missingCommand } from '../kit/command.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import { awsProvider, providerMissing } from '../kit/terraform/find-provider.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import type { Fault, Oracle, Verdict } from '../oracle.ts';
import { type Part, type Walk, walks } from './walks/page.ts';
import { problemsOfWalk } from './walks/walk.ts';

/** The minimum number of walks on the page, so that a lost walk is noticed. */
const fewest = 5;

let moto: Moto;

/** The quickest walk. Mistakes are planted in this one. */
const shortest = 'Landing Zone Accelerator';

const mistake = (name: string, put: (part: Part) => Part): Fault<Walk> => ({
  name,
  plant: (walk) => (walk.name.includes(shortest) ? { ...walk, parts: walk.parts.map(put) } : undefined),
});

const inCommands = (change: (text: string) => string) => (part: Part) =>
  part.kind === 'commands' && !part.before ? { ...part, text: change(part.text) } : part;

export const oracle: Oracle<Walk> = {
  generated: 0,
  missing() {
    const isOther = providerMissing() === undefined && !awsProvider().version.startsWith('5.');
    const provider = isOther ? 'the AWS provider for Terraform on this machine is not version 5' : providerMissing();
    const cli = spawnSync('aws', ['--version']).status === 0 ? undefined : 'the AWS CLI is not installed';
    return missingMoto() ?? terraformMissing() ?? missingCommand() ?? provider ?? cli;
  },
  async open() {
    moto = await startMoto();
  },
  async *cases(_, text) {
    const all = walks();
    if (all.length < fewest) throw new Error(`only ${all.length} walks are in the page`);
    yield* all.filter(({ name }) => name.includes(text));
  },
  async judge(walk): Promise<Verdict> {
    const details = await problemsOfWalk(walk, moto, awsProvider());
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },
  async close() {
    await moto.stop();
  },
  faults: [
    mistake(
      'an option that the command does not have',
      inCommands((text) => text.replace('--app', '--application')),
    ),
    mistake(
      'a command that is left out',
      inCommands((text) => text.replace(/^keywright build$/m, '')),
    ),
    mistake('a command that changes the key', (part) =>
      inCommands(
        (text) =>
          `${text}aws kms disable-key --key-id "$(aws kms describe-key --key-id alias/zone/volumes --query KeyMetadata.KeyId --output text)"\n`,
      )(part),
    ),
    mistake('an output that is another one', (part) =>
      part.kind === 'session' ? { ...part, printed: `${part.printed}and more\n` } : part,
    ),
  ],
};

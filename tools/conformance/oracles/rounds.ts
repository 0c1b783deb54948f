/**
 * Tests that keys made by hand move from tool to tool with what `keywright adopt` writes. If Terraform is one of the tools, the real AWS
 * provider is used. No step writes anything to KMS, and in the end every key is as it was at the start.
 */

import { missingCommand } from '../kit/command.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import { awsProvider, providerMissing } from '../kit/terraform/find-provider.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import type { Oracle } from '../oracle.ts';
import { faults, type RoundCase, terraformAndPulumi, throughTerraform, withoutTerraform } from './rounds/faults.ts';
import type { MistakeInHandOver } from './rounds/round.ts';
import { problemsOfBoth } from './rounds/terraform-and-pulumi.ts';
import { problemsOfRound } from './rounds/through-terraform.ts';
import { problemsOfFiles } from './rounds/without-terraform.ts';

let moto: Moto;

const rounds: ReadonlyMap<string, (mistake?: MistakeInHandOver) => Promise<readonly string[]>> = new Map([
  [throughTerraform, (mistake?: MistakeInHandOver) => problemsOfRound(moto, awsProvider(), mistake)],
  [terraformAndPulumi, (mistake?: MistakeInHandOver) => problemsOfBoth(moto, awsProvider(), mistake)],
  [withoutTerraform, (mistake?: MistakeInHandOver) => problemsOfFiles(moto, mistake)],
]);

export const oracle: Oracle<RoundCase> = {
  generated: 0,
  missing: () => missingMoto() ?? terraformMissing() ?? missingCommand() ?? providerMissing(),
  async open() {
    moto = await startMoto();
  },
  async *cases(_, text) {
    for (const name of rounds.keys()) if (name.includes(text)) yield { name };
  },
  async judge({ name, mistake }) {
    const problems = rounds.get(name);
    if (problems === undefined) throw new Error(`no round is called ${name}`);
    const details = await problems(mistake);
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },
  close: () => moto.stop(),
  faults,
};

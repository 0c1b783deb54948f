/**
 * Keys made by hand move from tool to tool, following what `keywright adopt` writes, with the real AWS provider where Terraform is one of the
 * tools. No step writes anything to KMS, and every key ends as it began.
 */

import { missingCommand } from '../kit/command.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import { type FoundProvider, findProvider } from '../kit/terraform/find-provider.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import type { Oracle } from '../oracle.ts';
import { faults, type RoundCase, terraformAndPulumi, throughTerraform, withoutTerraform } from './rounds/faults.ts';
import type { MistakeInHandOver } from './rounds/round.ts';
import { problemsOfBoth } from './rounds/terraform-and-pulumi.ts';
import { problemsOfRound } from './rounds/through-terraform.ts';
import { problemsOfFiles } from './rounds/without-terraform.ts';

let moto: Moto;
let found: FoundProvider | undefined;

function walked(
  name: string,
  moto: Moto,
  provider: FoundProvider,
  mistake: MistakeInHandOver | undefined,
): Promise<readonly string[]> {
  switch (name) {
    case throughTerraform:
      return problemsOfRound(moto, provider, mistake);
    case terraformAndPulumi:
      return problemsOfBoth(moto, provider, mistake);
    default:
      return problemsOfFiles(moto, mistake);
  }
}

export const oracle: Oracle<RoundCase> = {
  generated: 0,
  missing() {
    found ??= findProvider();
    const provider = found === undefined ? 'no AWS provider for Terraform is on this machine' : undefined;
    return missingMoto() ?? terraformMissing() ?? missingCommand() ?? provider;
  },
  async open() {
    moto = await startMoto();
  },
  async *cases(_, text) {
    for (const name of [throughTerraform, terraformAndPulumi, withoutTerraform])
      if (name.includes(text)) yield { name };
  },
  async judge({ name, mistake }) {
    if (found === undefined) throw new Error('there is no provider');
    const details = await walked(name, moto, found, mistake);
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },
  close: () => moto.stop(),
  faults,
};

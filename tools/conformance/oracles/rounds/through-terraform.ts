/**
 * Moves keys made by hand from the account to Terraform, to CloudFormation and back to Terraform, with the steps that `keywright adopt`
 * writes. Terraform really runs its steps. CloudFormation's steps are judged by AWS's definitions of the resource types.
 */
import type { Moto } from '../../kit/moto/start-moto.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import { importInto, type MistakeInHandOver, makeKeys, place, walkRound } from './round.ts';
import { terraformIn } from './terraform-in-round.ts';

const stack = 'keys-eu-west-1';

/** Returns the problems up to the first failing step: a step that is refused, makes a call that writes, or changes a key. */
export function problemsOfRound(
  moto: Moto,
  provider: FoundProvider,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  return walkRound(
    moto,
    [place],
    (cloud) => makeKeys(cloud(place).kms),
    mistake,
    async (round) => {
      const { importAccount, handOver, intact } = round;
      const terraform = terraformIn(round, stack, provider);
      const yaml = (await importAccount(place.region)) + terraform.setting;
      await terraform.takesOver('first', yaml, place.region, 'account');
      await intact('from the account to Terraform');

      const steps = await handOver(yaml, 'cfn', place.region, 'first/terraform.tfstate');
      await importInto(stack, round);
      await terraform.forgets('first', steps);
      await intact('from Terraform to CloudFormation');

      await terraform.takesOver('second', yaml, place.region, 'keys.template.json', '--ids', 'resources.json');
      await intact('from CloudFormation to Terraform');
      return [];
    },
  );
}

/**
 * Moves keys made by hand from the account to Terraform, to Pulumi and back to Terraform, with the steps that `keywright adopt` writes. One
 * key has a replica in another region. Terraform really runs its steps. Pulumi's steps are judged by what its program requests.
 */
import { CreateAliasCommand, CreateKeyCommand, ReplicateKeyCommand } from '@aws-sdk/client-kms';
import type { Moto } from '../../kit/moto/start-moto.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import { checkForgotten, importIntoPulumi } from './pulumi-in-round.ts';
import { type Cloud, type MistakeInHandOver, makeKeys, place, walkRound } from './round.ts';
import { terraformIn } from './terraform-in-round.ts';

const ofReplica = { ...place, region: 'us-east-1' };
const regions = `${place.region},${ofReplica.region}`;
const stack = 'keys-eu-west-1';

async function make(cloud: Cloud): Promise<void> {
  await makeKeys(cloud(place).kms);
  const create = new CreateKeyCommand({ Description: 'In two regions', MultiRegion: true });
  const { KeyMetadata } = await cloud(place).kms.send(create);
  const KeyId = KeyMetadata?.KeyId;
  await cloud(place).kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: ofReplica.region, Description: 'Copy' }));
  for (const { kms } of [cloud(place), cloud(ofReplica)])
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/everywhere', TargetKeyId: KeyId }));
}

/** Returns the problems up to the first failing step: a step that is refused, makes a call that writes, or changes a key. */
export function problemsOfBoth(
  moto: Moto,
  provider: FoundProvider,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  return walkRound(moto, [place, ofReplica], make, mistake, async (round) => {
    const { write, importAccount, intact } = round;
    const terraform = terraformIn(round, stack, provider);
    const yaml = (await importAccount(regions)) + terraform.setting;
    await terraform.takesOver('first', yaml, regions, 'account');
    await intact('from the account to Terraform');

    const taken = await importIntoPulumi(round, stack, yaml, place, place.region, 'first/terraform.tfstate');
    await terraform.forgets('first', taken.steps);
    await intact('from Terraform to Pulumi');

    write('export.json', taken.exported);
    const steps = await terraform.takesOver('second', yaml, place.region, 'export.json');
    checkForgotten(steps, taken.exported);
    await intact('from Pulumi to Terraform');
    return [];
  });
}

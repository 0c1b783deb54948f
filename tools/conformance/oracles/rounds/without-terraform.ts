/**
 * Moves keys made by hand from the account to Pulumi, to CloudFormation and back to Pulumi, and from the account to CloudFormation, with
 * the steps that `keywright adopt` writes. Neither tool runs. The files are judged by AWS's definitions of the resource types, and by
 * comparing what the program requests with the keys.
 */
import { CreateAliasCommand, CreateGrantCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import type { Moto } from '../../kit/moto/start-moto.ts';
import { parseTemplate } from '../../kit/templates/templates.ts';
import { checkForgotten, importIntoPulumi } from './pulumi-in-round.ts';
import { type Cloud, importInto, type MistakeInHandOver, makeKeys, place, type Step, walkRound } from './round.ts';

/** The place of the keys with KMS grants, which CloudFormation does not support. */
const withGrants = { ...place, region: 'us-east-1' };

/** Returns the problems up to the first failing step: a step that would change something, makes a call that writes, or changes a key. */
export function problemsOfFiles(
  moto: Moto,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  const make = async (cloud: Cloud) => {
    await makeKeys(cloud(place).kms);
    const { KeyMetadata } = await cloud(withGrants).kms.send(new CreateKeyCommand({ Description: 'With grants' }));
    const KeyId = KeyMetadata?.KeyId;
    await cloud(withGrants).kms.send(new CreateAliasCommand({ AliasName: 'alias/granted', TargetKeyId: KeyId }));
    const GranteePrincipal = `arn:aws:iam::${place.account}:root`;
    const grant = new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: 'app' });
    await cloud(withGrants).kms.send(grant);
  };
  return walkRound(moto, [place, withGrants], make, mistake, async (round) => {
    const { read, write, importAccount, handOver, intact } = round;
    const yaml = {
      [place.region]: await importAccount(place.region),
      [withGrants.region]: await importAccount(withGrants.region),
    };
    const toPulumi = (at: typeof place, ...from: readonly string[]) =>
      importIntoPulumi(round, `keys-${at.region}`, yaml[at.region] ?? '', at, at.region, ...from);
    const stack = `keys-${place.region}`;
    const toCloudFormation = async (...from: readonly string[]): Promise<readonly Step[]> => {
      const steps = await handOver(yaml[place.region] ?? '', 'cfn', place.region, ...from);
      await importInto(stack, round);
      return steps;
    };
    /** Checks that every resource is first retained and then forgotten. */
    const forgottenByCloudFormation = (steps: readonly Step[]) => {
      const resources = Object.keys(
        parseTemplate({ path: 'keys.template.json', text: read('keys.template.json') }).Resources,
      );
      const said = (ids: readonly string[] = []) => JSON.stringify([...ids].sort());
      const wanted = said(resources);
      const kept = steps.findIndex(({ expects }) => said(expects?.retains) === wanted);
      const forgotten = steps.findIndex(({ expects }) => said(expects?.forgets) === wanted);
      if (kept < 0 || forgotten < kept)
        throw new Error('CloudFormation does not first keep and then forget everything');
    };

    const first = await toPulumi(place, 'account');
    await intact('from the account to Pulumi');
    write('export.json', first.exported);
    checkForgotten(await toCloudFormation('export.json'), first.exported);
    await intact('from Pulumi to CloudFormation');
    forgottenByCloudFormation((await toPulumi(place, 'keys.template.json', '--ids', 'resources.json')).steps);
    await intact('from CloudFormation to Pulumi');
    await toCloudFormation('account');
    await intact('from the account to CloudFormation');
    const granted = await toPulumi(withGrants, 'account');
    write('granted.json', granted.exported);
    checkForgotten(
      await handOver(yaml[withGrants.region] ?? '', 'terraform', withGrants.region, 'granted.json'),
      granted.exported,
    );
    await intact('of keys with grants from the account through Pulumi');
    return [];
  });
}

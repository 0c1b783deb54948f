import * as z from 'zod';
import { type Expression, expressionKey, literal } from '../../ir/expression.ts';
import {
  condition,
  definePreset,
  fromSources,
  names,
  ownArn,
  type PresetPlace,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

const anyRegion = literal('*');

export const cloudtrail = definePreset({
  name: 'cloudtrail',
  title: 'AWS CloudTrail',
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  options: z.strictObject({
    trails: names(
      'Names of trails of the account and region, or ARNs of others, whose log files are encrypted. Default: every trail of the account.',
    ),
  }),
  requires: symmetricOnly,
  statements: ({ trails }, place) => {
    const arns = trails?.map((trail) =>
      ownArn(place, 'cloudtrail', trail.startsWith('arn:') ? trail : `trail/${trail}`),
    );
    const principals = [servicePrincipal('cloudtrail.amazonaws.com')];
    const sources = fromSources(arns ?? [ownArn(place, 'cloudtrail', 'trail/*', anyRegion)]);
    const contexts = accountsOf(trails ?? [], place).map((account) =>
      ownArn({ ...place, account }, 'cloudtrail', 'trail/*', anyRegion),
    );
    return [
      {
        principals,
        actions: ['kms:GenerateDataKey*'],
        conditions: [sources, condition('StringLike', 'kms:EncryptionContext:aws:cloudtrail:arn', ...contexts)],
      },
      { principals, actions: ['kms:DescribeKey'], conditions: [sources] },
    ];
  },
});

/** The accounts that own the trails, each once: a central key may serve trails of others, such as an organization's. */
function accountsOf(trails: readonly string[], place: PresetPlace): readonly Expression[] {
  const owners = trails.map((trail): Expression => {
    const account = trail.startsWith('arn:') ? trail.split(':')[4] : undefined;
    return account ? literal(account) : place.account;
  });
  const distinct = new Map(owners.map((account) => [expressionKey(account), account]));
  return distinct.size === 0 ? [place.account] : [...distinct.values()];
}

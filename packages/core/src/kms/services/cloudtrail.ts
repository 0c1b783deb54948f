import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  accountsOf,
  condition,
  definePreset,
  fromSources,
  namesOrArns,
  ownArn,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

const anyRegion = literal('*');

export const cloudtrail = definePreset({
  name: 'cloudtrail',
  title: 'AWS CloudTrail',
  words: ['cloud-trail', 'trail', 'trails'],
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  options: () =>
    z.strictObject({
      trails: namesOrArns(
        'Names of trails of the account and region, or ARNs of other trails, whose log files are encrypted. Default: every trail of the account.',
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
        // Decrypt is for trails that deliver to buckets with an S3 Bucket Key. The page for AWS Control Tower has both actions under these
        // conditions.
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        conditions: [sources, condition('StringLike', 'kms:EncryptionContext:aws:cloudtrail:arn', ...contexts)],
      },
      { principals, actions: ['kms:DescribeKey'], conditions: [sources] },
    ];
  },
});

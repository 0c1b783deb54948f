import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { definePreset, fromSources, ids, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const cloudfront = definePreset({
  name: 'cloudfront',
  title: 'Amazon CloudFront, reading an encrypted bucket with origin access control',
  words: ['cloudfront-oac', 'origin-access-control', 'cdn'],
  source:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#oac-permissions-sse-kms',
  options: () =>
    z.strictObject({
      distributions: ids('Ids of the distributions. Default: every distribution of the account.'),
    }),
  requires: symmetricOnly,
  statements: ({ distributions = ['*'] }, place) => [
    {
      principals: [servicePrincipal('cloudfront.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
      conditions: [
        // The ARN of a distribution has no region.
        fromSources(distributions.map((id) => ownArn(place, 'cloudfront', `distribution/${id}`, literal('')))),
      ],
    },
  ],
});

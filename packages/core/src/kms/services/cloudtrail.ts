import * as z from 'zod';
import { condition, definePreset, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const cloudtrail = definePreset({
  name: 'cloudtrail',
  title: 'AWS CloudTrail',
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  options: z.strictObject({
    trails: z.array(z.string().min(1)).optional().meta({
      description: 'Names or ARNs of the trails whose log files are encrypted. Default: every trail of the account.',
    }),
  }),
  requires: symmetricOnly,
  statements: ({ trails = ['*'] }, place) => {
    const arns = trails.map((trail) =>
      ownArn(place, 'cloudtrail', trail.startsWith('arn:') ? trail : `trail/${trail}`),
    );
    const principals = [servicePrincipal('cloudtrail.amazonaws.com')];
    const fromTrails = condition('ArnLike', 'aws:SourceArn', ...arns);
    return [
      {
        principals,
        actions: ['kms:GenerateDataKey*'],
        conditions: [
          fromTrails,
          condition(
            'StringLike',
            'kms:EncryptionContext:aws:cloudtrail:arn',
            ownArn(place, 'cloudtrail', 'trail/*', { kind: 'literal', text: '*' }),
          ),
        ],
      },
      { principals, actions: ['kms:DescribeKey'], conditions: [fromTrails] },
    ];
  },
});

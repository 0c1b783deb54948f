import * as z from '../../schema/schema.ts';
import { condition, definePreset, ownArn, someOf, symmetricOnly } from './preset.ts';
import { servicePrincipalHost } from './principal-host.ts';

export const logs = definePreset({
  name: 'logs',
  title: 'Amazon CloudWatch Logs',
  words: ['cloudwatch-logs', 'cloudwatch-log-group', 'log-group', 'log-groups', 'cwl'],
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  options: () =>
    z.strictObject({
      logGroups: someOf(
        // Refuses `/app/orders:*`. The ARN of a log group can end in `:*`, but not in the encryption context.
        z.string().regex(/^[^:]+$/, { error: 'write the name alone, without ARN and `:*`' }),
      )
        .optional()
        .meta({
          description:
            'Names of the log groups, `*` allowed, such as `/app/*`. Default: every log group of the account and region.',
        }),
    }),
  requires: symmetricOnly,
  statements: ({ logGroups = ['*'] }, place) => [
    {
      principals: [{ kind: 'service', host: servicePrincipalHost('logs', place) }],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      conditions: [
        condition(
          'ArnLike',
          'kms:EncryptionContext:aws:logs:arn',
          ...logGroups.map((group) => ownArn(place, 'logs', `log-group:${group}`)),
        ),
      ],
    },
  ],
});

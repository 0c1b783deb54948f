import * as z from '../../schema/schema.ts';
import { definePreset, fromOwnAccount, fromSources, names, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const cloudwatch = definePreset({
  name: 'cloudwatch',
  title: 'Amazon CloudWatch alarms, publishing to encrypted SNS topics',
  words: ['cloud-watch', 'cloudwatch-alarms', 'cloudwatch-alarm', 'alarms'],
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
  options: () =>
    z.strictObject({
      alarms: names('Names of the alarms, `*` allowed, ASCII only. Default: every alarm of the account.'),
    }),
  requires: symmetricOnly,
  statements: ({ alarms }, place) => [
    {
      principals: [servicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      conditions: [
        fromOwnAccount(place),
        // The default is not `alarm:*`: for an alarm whose name is not ASCII, CloudWatch sends only the account.
        ...(alarms === undefined
          ? []
          : [fromSources(alarms.map((name) => ownArn(place, 'cloudwatch', `alarm:${name}`)))]),
      ],
    },
  ],
});

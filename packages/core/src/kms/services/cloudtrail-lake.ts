import * as z from '../../schema/schema.ts';
import { definePreset, servicePrincipal, symmetricOnly } from './preset.ts';

export const cloudtrailLake = definePreset({
  name: 'cloudtrail-lake',
  title:
    'AWS CloudTrail Lake event data stores. Their requests contain neither account nor ARN, so no condition can limit them',
  words: ['event-data-store', 'event-data-stores', 'cloudtrail-event-data-store'],
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  options: () => z.strictObject({}),
  requires: symmetricOnly,
  statements: () => [
    {
      principals: [servicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'],
      conditions: [],
    },
  ],
});

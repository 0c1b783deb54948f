import * as z from '../../schema/schema.ts';
import { definePreset, fromSources, namesOrArns, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const sns = definePreset({
  name: 'sns',
  title: 'Amazon SNS topics, delivering to encrypted SQS queues',
  words: ['simple-notification-service'],
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  options: () =>
    z.strictObject({
      topics: namesOrArns(
        'Names of the topics of the account and region, or ARNs of others, to which queues subscribe. Default: every topic of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ topics = ['*'] }, place) => [
    {
      principals: [servicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // Source: Amazon SQS Developer Guide, "Configure AWS KMS permissions with confused deputy protection".
      conditions: [fromSources(topics.map((topic) => ownArn(place, 'sns', topic)))],
    },
  ],
});

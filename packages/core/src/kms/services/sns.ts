import { type Expression, expressionKey, type PlaceExpressions } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  definePreset,
  enabledByDefault,
  fromSources,
  namesOrArns,
  ownArn,
  regionsOf,
  servicePrincipalsIn,
  symmetricOnly,
} from './preset.ts';

export const sns = definePreset({
  name: 'sns',
  title: 'Amazon SNS topics, delivering to encrypted SQS queues',
  words: ['simple-notification-service'],
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  options: () =>
    z.strictObject({
      topics: namesOrArns(
        'Names of the topics of the account and region, or ARNs of other topics, to which queues subscribe. Default: every topic of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ topics = ['*'] }, place) => [
    {
      // If the topic and the queue are in different regions and one of these regions is opt-in, the queue's policy names SNS with that
      // region. Source: Amazon SNS Developer Guide, "Sending Amazon SNS messages to an Amazon SQS queue or AWS Lambda function in a
      // different Region". The page about keys has only the plain name, so the key policy has the plain name and the name with the region.
      principals: servicePrincipalsIn('sns', [enabledByDefault, ...regionsBetween(topics, place)], place),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // Source: Amazon SQS Developer Guide, "Configure AWS KMS permissions with confused deputy protection".
      conditions: [fromSources(topics.map((topic) => ownArn(place, 'sns', topic)))],
    },
  ],
});

/**
 * The regions that the name of SNS may contain when it delivers from topics of other regions: the topics' regions, and the region of the
 * key and the queue.
 */
function regionsBetween(topics: readonly string[], place: PlaceExpressions): readonly Expression[] {
  const here = expressionKey(place.region);
  const others = regionsOf(topics, place).filter((region) => expressionKey(region) !== here);
  return others.length === 0 ? [] : [...others, place.region];
}

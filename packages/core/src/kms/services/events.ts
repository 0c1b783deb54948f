import * as z from '../../schema/schema.ts';
import {
  condition,
  definePreset,
  fromSources,
  names,
  namesOrArns,
  ownArn,
  type PresetStatement,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const events = definePreset({
  name: 'events',
  title: 'Amazon EventBridge rules, sending to encrypted SQS queues and SNS topics',
  words: ['eventbridge', 'eventbridge-rules', 'cloudwatch-events', 'event-rules'],
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-sqs-encrypted',
  options: () =>
    z.strictObject({
      rules: names(
        'Names of the rules that send to queues encrypted with the key; `<event bus>/<rule>` on a bus other than the default one. Default: every rule of the account and region, or none if only `topics` are named.',
      ),
      topics: namesOrArns(
        'Names of the topics, encrypted with the key, to which rules publish. Default: every topic of the account and region, or none if only `rules` are named.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ rules, topics }, place) => {
    const everything = rules === undefined && topics === undefined ? ['*'] : [];
    const may = {
      principals: [servicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    };
    const fromRules = (rules ?? everything).map((rule) => ownArn(place, 'events', `rule/${rule}`));
    const toTopics = (topics ?? everything).map((topic) => ownArn(place, 'sns', topic));
    const statements: readonly PresetStatement[] = [
      // Source: Amazon SQS Developer Guide, "Configure AWS KMS permissions with confused deputy protection".
      { ...may, conditions: [fromSources(fromRules)] },
      // When EventBridge publishes to a topic, it sends neither the rule nor the account (Amazon SNS Developer Guide, "Enable compatibility
      // between event sources from AWS services and encrypted topics"). But whatever SNS encrypts carries the ARN of the topic (same guide,
      // "Setting up Amazon SNS topic encryption with server-side encryption").
      { ...may, conditions: [condition('ArnLike', 'kms:EncryptionContext:aws:sns:topicArn', ...toTopics)] },
    ];
    return statements.filter((statement) => statement.conditions.every(({ values }) => values.length > 0));
  },
});

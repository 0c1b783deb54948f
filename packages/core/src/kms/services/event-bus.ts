import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromSources, names, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const eventBus = definePreset({
  name: 'event-bus',
  title: 'Amazon EventBridge event buses, encrypting events and rules',
  words: ['eventbridge', 'eventbridge-bus', 'eventbridge-event-bus', 'event-buses', 'events-bus'],
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html',
  options: () =>
    z.strictObject({
      buses: names('Names of the event buses, `*` allowed. Default: every event bus of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ buses = ['*'] }, place) => {
    const principals = [servicePrincipal('events.amazonaws.com')];
    const arns = buses.map((bus) => ownArn(place, 'events', `event-bus/${bus}`));
    return [
      { principals, actions: ['kms:DescribeKey'], conditions: [] },
      {
        principals,
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: [
          condition('ArnLike', 'kms:EncryptionContext:aws:events:event-bus:arn', ...arns),
          fromSources(arns),
        ],
      },
    ];
  },
});

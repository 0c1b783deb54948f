import * as z from '../../schema/schema.ts';
import { condition, definePreset, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const eventBusLogs = definePreset({
  name: 'event-bus-logs',
  title:
    'Logs of Amazon EventBridge event buses, encrypted with the key of the bus; the key needs the preset `event-bus` as well',
  words: ['eventbridge', 'eventbridge-logs', 'eventbridge-bus-logs'],
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html',
  options: () => z.strictObject({}),
  requires: symmetricOnly,
  statements: (_, place) => {
    const conditions = [condition('StringLike', 'kms:EncryptionContext:SourceArn', ownArn(place, 'logs', '*'))];
    return [
      { principals: [servicePrincipal('events.amazonaws.com')], actions: ['kms:GenerateDataKey'], conditions },
      {
        principals: [servicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        conditions,
      },
    ];
  },
});

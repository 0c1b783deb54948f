import * as z from '../../schema/schema.ts';
import { condition, definePreset, names, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const eventArchive = definePreset({
  name: 'event-archive',
  title: 'Archives of Amazon EventBridge event buses, encrypting events',
  words: ['eventbridge', 'eventbridge-archive', 'events-archive', 'event-archives'],
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html',
  options: () =>
    z.strictObject({
      buses: names(
        'Names of the archived event buses, `*` allowed. Default: every event bus of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ buses = ['*'] }, place) => {
    const principals = [servicePrincipal('events.amazonaws.com')];
    const arns = buses.map((bus) => ownArn(place, 'events', `event-bus/${bus}`));
    return [
      { principals, actions: ['kms:DescribeKey'], conditions: [] },
      {
        principals,
        actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:ReEncrypt*'],
        // AWS's page has no condition on the source. The ARN of the event bus in the encryption context limits the statement instead.
        conditions: [condition('ArnLike', 'kms:EncryptionContext:aws:events:event-bus:arn', ...arns)],
      },
    ];
  },
});

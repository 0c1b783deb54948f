import * as z from '../../schema/schema.ts';
import { definePreset, fromOwnAccount, fromSources, names, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const ses = definePreset({
  name: 'ses',
  title: 'Amazon SES, encrypting received email that it delivers to a bucket',
  words: ['simple-email-service', 'email'],
  source: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html#receiving-email-permissions-kms',
  options: () =>
    z.strictObject({
      ruleSets: names('Names of the receipt rule sets. Default: every receipt rule set of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ ruleSets = ['*'] }, place) => [
    {
      principals: [servicePrincipal('ses.amazonaws.com')],
      // Decrypt is for buckets whose default encryption uses a KMS key.
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      conditions: [
        fromOwnAccount(place),
        fromSources(ruleSets.map((set) => ownArn(place, 'ses', `receipt-rule-set/${set}:receipt-rule/*`))),
      ],
    },
  ],
});

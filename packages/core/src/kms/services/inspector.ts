import * as z from '../../schema/schema.ts';
import { definePreset, fromOwnAccount, fromSources, ownArn, servicePrincipalsIn, symmetricOnly } from './preset.ts';

export const inspector = definePreset({
  name: 'inspector',
  title: 'Amazon Inspector, exporting findings reports of the account and region to an encrypted bucket',
  words: ['inspector2'],
  source: 'https://docs.aws.amazon.com/inspector/latest/user/findings-managing-exporting-reports.html',
  options: () => z.strictObject({}),
  requires: symmetricOnly,
  statements: (_, place) => [
    {
      principals: servicePrincipalsIn('inspector2', [place.region], place),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      conditions: [fromOwnAccount(place), fromSources([ownArn(place, 'inspector2', 'report/*')])],
    },
  ],
});

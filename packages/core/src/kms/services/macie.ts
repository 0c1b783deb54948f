import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  definePreset,
  fromOwnAccount,
  fromSources,
  names,
  ownArn,
  servicePrincipalsIn,
  symmetricOnly,
} from './preset.ts';

export const macie = definePreset({
  name: 'macie',
  title: 'Amazon Macie, storing sensitive data discovery results in an encrypted bucket',
  words: ['macie2'],
  source:
    'https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html#discovery-results-repository-s3-key-policy',
  options: () =>
    z.strictObject({
      regions: names(
        "Regions in which Macie may use the key. Default: the key's own region, and every region that is enabled by default.",
      ),
    }),
  requires: symmetricOnly,
  statements: ({ regions = ['*'] }, place) => [
    {
      principals: servicePrincipalsIn('macie', regions.map(literal), place),
      actions: ['kms:GenerateDataKey', 'kms:Encrypt'],
      conditions: [
        fromOwnAccount(place),
        fromSources(
          regions.flatMap((region) =>
            ['export-configuration:*', 'classification-job/*'].map((resource) =>
              ownArn(place, 'macie2', resource, literal(region)),
            ),
          ),
        ),
      ],
    },
  ],
});

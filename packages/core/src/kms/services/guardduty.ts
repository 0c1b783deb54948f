import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  accountsOf,
  condition,
  definePreset,
  fromSources,
  namesOrArns,
  ownArn,
  regionsOf,
  servicePrincipalsIn,
  symmetricOnly,
} from './preset.ts';

export const guardduty = definePreset({
  name: 'guardduty',
  title: 'Amazon GuardDuty, exporting findings to an encrypted bucket',
  words: ['guard-duty'],
  source:
    'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html#guardduty-exporting-findings-kms-policy',
  options: () =>
    z.strictObject({
      detectors: namesOrArns(
        "Ids of detectors in the key's region, or ARNs of other detectors with their regions and accounts. Default: every detector of the account in the key's region and in the regions that are enabled by default; name a detector in any other region by its ARN.",
      ),
    }),
  requires: symmetricOnly,
  statements: ({ detectors }, place) => [
    {
      principals: servicePrincipalsIn(
        'guardduty',
        detectors === undefined ? [literal('*')] : regionsOf(detectors, place),
        place,
      ),
      actions: ['kms:GenerateDataKey'],
      conditions: [
        condition('StringEquals', 'aws:SourceAccount', ...accountsOf(detectors ?? [], place)),
        fromSources(
          detectors?.map((id) => ownArn(place, 'guardduty', id.startsWith('arn:') ? id : `detector/${id}`)) ?? [
            ownArn(place, 'guardduty', 'detector/*', literal('*')),
          ],
        ),
      ],
    },
  ],
});

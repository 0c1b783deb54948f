import * as z from 'zod';
import { literal } from '../../ir/expression.ts';
import { servicePrincipalHostInOptInRegions } from '../partitions.ts';
import { definePreset, fromOwnAccount, fromSources, names, ownArn, symmetricOnly } from './preset.ts';

export const guardduty = definePreset({
  name: 'guardduty',
  title: 'Amazon GuardDuty, exporting findings to an encrypted bucket',
  source:
    'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html#guardduty-exporting-findings-kms-policy',
  options: z.strictObject({
    detectors: names(
      "Ids of detectors in the key's region, or ARNs of others. Default: every detector of the account, in every region.",
    ),
  }),
  requires: symmetricOnly,
  statements: ({ detectors }, place) => [
    {
      principals: [{ kind: 'service', host: servicePrincipalHostInOptInRegions('guardduty', place.region) }],
      actions: ['kms:GenerateDataKey'],
      conditions: [
        fromOwnAccount(place),
        fromSources(
          detectors?.map((id) => ownArn(place, 'guardduty', id.startsWith('arn:') ? id : `detector/${id}`)) ?? [
            ownArn(place, 'guardduty', 'detector/*', literal('*')),
          ],
        ),
      ],
    },
  ],
});

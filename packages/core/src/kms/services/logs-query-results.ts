import * as z from '../../schema/schema.ts';
import { definePreset, fromOwnAccount, fromSources, ownArn, symmetricOnly } from './preset.ts';
import { servicePrincipalHost } from './principal-host.ts';

export const logsQueryResults = definePreset({
  name: 'logs-query-results',
  title: 'Amazon CloudWatch Logs Insights, encrypting the results of queries in the account and region',
  words: ['logs-insights', 'cloudwatch-logs-insights', 'query-results'],
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs-Insights-Query-Encrypt.html',
  options: () => z.strictObject({}),
  requires: symmetricOnly,
  statements: (_, place) => [
    {
      principals: [{ kind: 'service', host: servicePrincipalHost('logs', place) }],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      conditions: [fromOwnAccount(place), fromSources([ownArn(place, 'logs', 'query-result:*')])],
    },
  ],
});

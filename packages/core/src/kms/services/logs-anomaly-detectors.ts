import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromOwnAccount, fromSources, ids, ownArn, symmetricOnly } from './preset.ts';
import { servicePrincipalHost } from './principal-host.ts';

export const logsAnomalyDetectors = definePreset({
  name: 'logs-anomaly-detectors',
  title: 'Anomaly detectors of Amazon CloudWatch Logs, encrypting their models and results',
  words: ['log-anomaly-detector', 'logs-anomaly-detection', 'anomaly-detector', 'anomaly-detectors'],
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/LogsAnomalyDetection-KMS.html',
  options: () =>
    z.strictObject({
      detectors: ids(
        'Ids of the anomaly detectors, known once they exist. Default: every anomaly detector of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ detectors = ['*'] }, place) => {
    const principals = [{ kind: 'service', host: servicePrincipalHost('logs', place) }] as const;
    const arns = detectors.map((id) => ownArn(place, 'logs', `anomaly-detector:${id}`));
    const from = [fromOwnAccount(place), fromSources(arns)];
    return [
      {
        principals,
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: [...from, condition('ArnLike', 'kms:EncryptionContext:aws:logs:arn', ...arns)],
      },
      {
        principals,
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        conditions: [...from, condition('ArnLike', 'kms:EncryptionContext:aws-crypto-ec:aws:logs:arn', ...arns)],
      },
      { principals, actions: ['kms:DescribeKey'], conditions: [fromOwnAccount(place)] },
    ];
  },
});

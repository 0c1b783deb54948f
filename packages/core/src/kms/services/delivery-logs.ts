import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  accounts,
  condition,
  definePreset,
  fromSources,
  names,
  ownArn,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const deliveryLogs = definePreset({
  name: 'delivery-logs',
  title:
    'Log delivery of AWS services (VPC flow logs, Network Load Balancer, Route 53 Resolver …) to an encrypted bucket. Requests for the standard logs (legacy) of CloudFront name no source, so they need a statement without the conditions of this preset',
  words: ['log-delivery', 'vended-logs', 'vpc-flow-logs', 'flow-logs', 'nlb', 'route53-resolver'],
  source:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html#AWS-logs-SSE-KMS-S3',
  options: () =>
    z.strictObject({
      accounts: accounts("Accounts whose logs are delivered. Default: the key's own account."),
      regions: names('Regions whose logs are delivered. Default: every region.'),
    }),
  requires: symmetricOnly,
  statements: ({ accounts, regions = ['*'] }, place) => {
    const owners = accounts?.map(literal) ?? [place.account];
    const sources = owners.flatMap((account) =>
      regions.map((region) => ownArn({ ...place, account }, 'logs', '*', literal(region))),
    );
    return [
      {
        principals: [servicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditions: [condition('StringEquals', 'aws:SourceAccount', ...owners), fromSources(sources)],
      },
    ];
  },
});

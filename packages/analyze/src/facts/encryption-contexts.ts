/**
 * The names that AWS services use in encryption contexts. Source: each service's page about encryption, such as AWS
 * CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"; Amazon CloudWatch Logs User Guide, "Encrypt
 * log data in CloudWatch Logs"; AWS KMS Developer Guide, "How AWS services use AWS KMS".
 */
import { nearest } from '@keywright/core/diagnostics/suggestion';
import { viaServiceNames } from '@keywright/core/kms/via-service';

const ofServices: readonly string[] = [
  'aws-crypto-ec:aws:logs:arn',
  'aws:bedrock:arn',
  'aws:cloudtrail:arn',
  'aws:dynamodb:subscriberId',
  'aws:dynamodb:tableName',
  'aws:ebs:id',
  'aws:ecs:clusterAccount',
  'aws:ecs:clusterName',
  'aws:events:event-bus:arn',
  'aws:identitystore:identitystore-arn',
  'aws:kinesis:arn',
  'aws:lambda:EventSourceArn',
  'aws:lambda:FunctionArn',
  'aws:logs:arn',
  'aws:rds:db-id',
  'aws:rds:dbc-id',
  'aws:redshift:arn',
  'aws:s3:arn',
  'aws:sns:topicArn',
  'aws:sqs:arn',
  'aws:sso:instance-arn',
  'aws:states:activityArn',
  'aws:states:stateMachineArn',
  'PARAMETER_ARN',
  'SecretARN',
  'SecretVersionId',
  'SourceArn',
];

const byLower = new Map(ofServices.map((name) => [name.toLowerCase(), name]));

/** The service in a name of an encryption context: `logs` for `aws:logs:arn`. */
const serviceIn = (name: string): string | undefined => /^aws:([^:]+):/.exec(name)?.[1];

const services = new Set([...viaServiceNames, ...[...byLower.keys()].map(serviceIn)]);

/**
 * The name that was probably meant. `undefined` for a known name, and for a name unlike all of these: applications choose their own names,
 * and services may use names not listed here.
 */
export function contextMeant(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (byLower.has(lower)) return undefined;
  const service = serviceIn(lower);
  const isOfService = service !== undefined && services.has(service);
  const candidates = [...byLower.keys()].filter((candidate) => !isOfService || serviceIn(candidate) === service);
  const near = nearest(lower, candidates, lower.length < 16 ? 1 : 2);
  return near === undefined ? undefined : byLower.get(near);
}

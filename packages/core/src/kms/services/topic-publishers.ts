import * as z from '../../schema/schema.ts';
import {
  condition,
  definePreset,
  namesOrArns,
  ownArn,
  servicePrincipal,
  someOfThese,
  symmetricOnly,
} from './preset.ts';

/**
 * The hosts of each publisher. Source: the table of the page, without the services that have presets of their own; AWS CloudTrail
 * User Guide, "Amazon SNS topic policy for CloudTrail"; AWS Backup Developer Guide, "Using Amazon SNS to track AWS Backup events".
 */
const publishersByName = {
  backup: ['backup.amazonaws.com'],
  cloudtrail: ['cloudtrail.amazonaws.com'],
  codecommit: ['codecommit.amazonaws.com'],
  dax: ['dynamodb.amazonaws.com'],
  'directory-service': ['ds.amazonaws.com'],
  dms: ['dms.amazonaws.com'],
  glacier: ['glacier.amazonaws.com'],
  'incident-manager': ['ssm-incidents.amazonaws.com', 'ssm-contacts.amazonaws.com'],
  inspector: ['inspector.amazonaws.com'],
  rds: ['events.rds.amazonaws.com'],
  redshift: ['redshift.amazonaws.com'],
  ses: ['ses.amazonaws.com'],
  snowball: ['importexport.amazonaws.com'],
} as const;

type Publisher = keyof typeof publishersByName;

const publisherNames = Object.keys(publishersByName) as Publisher[]; // Object.keys loses the type of the keys

export const topicPublishers = definePreset({
  name: 'topic-publishers',
  title:
    'AWS services that publish events to encrypted SNS topics; `cloudwatch`, `events` and `s3` are presets of their own',
  words: [
    'sns-publishers',
    'sns-topics',
    'rds-events',
    'redshift-events',
    'ses-notifications',
    'codecommit',
    'glacier',
  ],
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
  options: () =>
    z.strictObject({
      publishers: someOfThese(publisherNames, 'The publishing services. Name those you use. Default: all of them.'),
      topics: namesOrArns('Names of the topics. Default: every topic of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ publishers = publisherNames, topics = ['*'] }, place) => [
    {
      principals: publishers.flatMap((name) => publishersByName[name]).map(servicePrincipal),
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      // AWS does not document which publishers send a source account. SNS always sends the topic's ARN, see `events.ts`.
      conditions: [
        condition(
          'ArnLike',
          'kms:EncryptionContext:aws:sns:topicArn',
          ...topics.map((topic) => ownArn(place, 'sns', topic)),
        ),
      ],
    },
  ],
});

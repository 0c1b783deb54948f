import * as z from 'zod';
import { accountId, environmentValue, name, purpose, region, stackName, tags } from './text.ts';

/** The settings that an environment has besides its place; an account has them for each of its environments. */
const about = {
  partition: z
    .string()
    .regex(/^aws[a-z-]*$/, { error: 'a partition is aws, aws-cn, aws-us-gov, …' })
    .optional()
    .meta({
      description: 'The partition, such as `aws-cn`. Follows from the region when absent.',
      examples: ['aws-cn'],
    }),
  purpose: purpose.optional().meta({
    description:
      'What it is for. Some rules ask more of keys in `production`, and let keys go with their stack in `test` and `development`: see docs/rules.md.',
  }),
  groups: z
    .array(stackName)
    .optional()
    .meta({
      description:
        'Groups that it is in. One that `groups` of the project does not define is made of the environments that name it.',
      examples: [['critical', 'europe']],
    }),
  tags: tags.optional().meta({
    description:
      'Tags of all that stacks create in it, name to value. Those of a stack, a standard or a key replace one of the same name.',
    examples: [{ env: 'prod' }],
  }),
  values: z
    .record(name, environmentValue)
    .optional()
    .meta({
      description:
        'What texts can name as `${values.<name>}` in it, name to text: each environment of a stack says its own.',
      examples: [{ siem: 'arn:aws:iam::111122223333:role/Siem' }],
    }),
  lookupRole: z.string().min(1).optional().meta({
    description:
      'Name or ARN of an IAM role that `keywright lookup` assumes in this account. A build does not need it.',
  }),
  profile: z.string().min(1).optional().meta({
    description:
      'Profile of the shared AWS configuration files that `keywright lookup` takes credentials from. A build does not need it.',
  }),
  deployRole: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'Name or ARN of the IAM role with which Terraform and Pulumi deploy to this account, where `assumeRole` of the target says no other.',
      examples: ['KeywrightDeploy'],
    }),
};

/** A place for stacks: an account and a region. */
export const environment = z
  .strictObject({
    account: accountId.meta({ description: 'The account id: twelve digits, in quotes.' }),
    region: region.meta({ description: 'The region, such as `eu-west-1`.' }),
    ...about,
  })
  .meta({
    id: 'Environment',
    title: 'an environment',
    description: 'Where stacks live: an account and a region.',
    examples: [
      { account: '111122223333', region: 'eu-west-1', purpose: 'production', groups: ['critical'] },
      { account: '444455556666', region: 'eu-west-1', lookupRole: 'KmsAliasReader' },
    ],
  });

/** An account, which becomes an environment in each of its regions. */
export const account = z
  .strictObject({
    id: accountId.meta({ description: 'The account id: twelve digits, in quotes.' }),
    regions: z
      .array(region)
      .optional()
      .meta({
        description:
          'The regions in use. Each makes an environment called `<account>-<region>`. Absent: the account can be named, and no stack lives in it.',
        examples: [['eu-west-1', 'us-east-1']],
      }),
    ...about,
  })
  .meta({
    id: 'Account',
    title: 'an account',
    description:
      'An account and the regions in use, which make environments called `<account>-<region>`. The name of the account stands for all of these.',
    examples: [
      {
        id: '111122223333',
        regions: ['eu-west-1', 'us-east-1'],
        purpose: 'production',
        groups: ['critical'],
        deployRole: 'KeywrightDeploy',
      },
      { id: '444455556666' },
    ],
  });

export type AccountDefinition = z.infer<typeof account>;
export type EnvironmentDefinition = z.infer<typeof environment>;

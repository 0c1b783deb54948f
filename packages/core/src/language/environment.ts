import * as z from '../schema/schema.ts';
import { accountId, environmentValue, name, purpose, region, stackName, tags } from './text.ts';

/** The settings that an environment has besides its place. An account has the same settings, for all of its environments. */
const about = {
  partition: z
    .string()
    .regex(/^aws[a-z-]*$/, { error: 'a partition is aws, aws-cn, aws-us-gov, …' })
    .optional()
    .meta({
      description: 'The partition, such as `aws-cn`. Absent: that of the region.',
      examples: ['aws-cn'],
    }),
  purpose: purpose.optional().meta({
    description:
      'What it is for. Some rules are stricter in `production`; in `test` and `development`, keys may be deleted with their stack: see docs/rules.md.',
  }),
  groups: z
    .array(stackName)
    .optional()
    .meta({
      description:
        'The groups it belongs to. A group that is not under the project’s `groups` consists of the environments that name it.',
      examples: [['critical', 'europe']],
    }),
  tags: tags.optional().meta({
    description:
      'Tags for the keys, roles, users and SSM parameters that stacks create in it, name to value. A tag of the same name on a stack, a standard or a key wins. Nothing else that a stack creates can have tags.',
    examples: [{ env: 'prod' }],
  }),
  values: z
    .record(name, environmentValue)
    .optional()
    .meta({
      description: 'Values for `${values.<name>}` in texts, name to text. Each environment has its own.',
      examples: [{ siem: 'arn:aws:iam::111122223333:role/Siem' }],
    }),
  lookupRole: z.string().min(1).optional().meta({
    description:
      'Name or ARN of an IAM role that `keywright lookup` assumes in this account. A build does not need it.',
  }),
  profile: z.string().min(1).optional().meta({
    description:
      'Profile in the shared AWS configuration files from which `keywright lookup` takes credentials. A build does not need it.',
  }),
  deployRole: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'Name or ARN of the IAM role with which Terraform and Pulumi deploy to this account, unless the target’s `assumeRole` names another.',
      examples: ['KeywrightDeploy'],
    }),
};

export const environment = z
  .strictObject({
    account: accountId.meta({ description: 'The account id: twelve digits, in quotes.' }),
    region: region.meta({ description: 'The region, such as `eu-west-1`.' }),
    ...about,
  })
  .meta({
    id: 'Environment',
    title: 'an environment',
    description: 'A place to deploy stacks to: an account and a region.',
    examples: [
      { account: '111122223333', region: 'eu-west-1', purpose: 'production', groups: ['critical'] },
      { account: '444455556666', region: 'eu-west-1', lookupRole: 'KmsAliasReader' },
    ],
  });

export const account = z
  .strictObject({
    id: accountId.meta({ description: 'The account id: twelve digits, in quotes.' }),
    regions: z
      .array(region)
      .optional()
      .meta({
        description:
          'The regions in use. Each makes an environment called `<account>-<region>`. Absent: the account can be named, but no stack can live in it.',
        examples: [['eu-west-1', 'us-east-1']],
      }),
    ...about,
  })
  .meta({
    id: 'Account',
    title: 'an account',
    description:
      'An account and the regions in use. Each region makes an environment called `<account>-<region>`; the name of the account stands for all of them.',
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

import type { Difference } from './difference.ts';

/** Something in a project that the CDK cannot express. It limits the comparison. */
export interface Limit {
  readonly name: LimitName;
  /** Whether a difference results from the limit; absent if no difference does. */
  readonly covers?: (difference: Difference) => boolean;
}

/** Everything that the CDK cannot express, and how the comparison deals with it. */
export const limitNames = {
  services: 'a preset of services: the CDK has none, and is given its statements as they are',
  replica: 'a replica: a key in a stack of its own stands for it; properties of the primary are not compared',
  replicaNear:
    'a replica that grants to a role of a stack beside it: the CDK orders the two stacks; the principals that the policy names are not compared',
  kmsGrants: 'kmsGrants: neither the CDK nor CloudFormation has them',
  origin: 'an origin other than AWS_KMS: the property Origin is not compared',
  group:
    'a group on a key that does not trust its account: the principals that the key policy names instead are not compared',
  lookupElsewhere: 'a lookup in another environment: the key is imported by the ARN that was found',
  oldProperty: 'properties that CDK 1 does not have: not compared where defaultKeyPolicies is false',
  oldAliasGrant: 'aliasGrants with defaultKeyPolicies: false: CDK 1 ignores grants on an alias',
  parameter: 'an SSM parameter for a stack of another tool: the CDK has one tool; the value is compared',
  outputElsewhere:
    'an output of a stack for another tool, about a key of another account or region: left out, as is what is shared for it',
  namedAccount:
    'a policy of a stack without an environment on a role whose ARN names an account: the CDK attaches it in whichever account',
  sameAccount:
    'a stack without an environment that is looked at in an account that it names: it cannot know that it is its own',
} as const;

export type LimitName = keyof typeof limitNames;

import { literal } from '../../ir/expression.ts';
import { formatArn } from '../../ir/format-arn.ts';
import type { PolicyPrincipal } from '../../ir/policy.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, someOf, symmetricOnly } from './preset.ts';

/**
 * The services of service-linked roles other than Auto Scaling's, by the role's name. Source: Amazon EC2 User Guide, "Service-linked role
 * for Spot Instance requests".
 */
const ownersOfOtherRoles: ReadonlyMap<string, string> = new Map([
  ['AWSServiceRoleForEC2Spot', 'spot'],
  ['AWSServiceRoleForEC2SpotFleet', 'spotfleet'],
]);

export const autoscaling = definePreset({
  name: 'autoscaling',
  title: 'Amazon EC2 Auto Scaling, launching instances with encrypted volumes',
  words: ['auto-scaling', 'asg', 'ec2-auto-scaling', 'ec2-autoscaling', 'auto-scaling-group'],
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  options: () =>
    z.strictObject({
      roles: someOf(
        // KMS refuses a principal with a wildcard.
        z.string().regex(/^(arn:[^:*?]+:iam::[^:*?]+:role\/)?([^:*?${}]|\$\{[^{}]*\})+$/, {
          error: 'write the name or the ARN of a role, without wildcards',
        }),
      )
        .optional()
        .meta({
          description:
            'Names of the service-linked roles of the Auto Scaling groups, or ARNs of other roles. A role of another account needs a KMS grant that is created in that account. A launch configuration for Spot Instances needs `AWSServiceRoleForEC2Spot`. Managed node groups of Amazon EKS use the default role. Default: `AWSServiceRoleForAutoScaling`. The roles have to exist in the account before the key, since KMS refuses a policy with a role that does not exist. The first Auto Scaling group of an account creates the default role; so does `aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com`.',
        }),
    }),
  requires: symmetricOnly,
  statements: ({ roles = ['AWSServiceRoleForAutoScaling'] }, place) => {
    const principals = roles.map((role): PolicyPrincipal => {
      if (role.startsWith('arn:')) return { kind: 'aws', arn: literal(role) };
      const owner = ownersOfOtherRoles.get(role) ?? 'autoscaling';
      const name = literal(`role/aws-service-role/${owner}.amazonaws.com/${role}`);
      return { kind: 'aws', arn: formatArn(place, 'iam', name) };
    });
    return [
      {
        principals,
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditions: [],
      },
      {
        principals,
        actions: ['kms:CreateGrant'],
        conditions: [condition('Bool', 'kms:GrantIsForAWSResource', literal('true'))],
      },
    ];
  },
});

// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const purpose = config.require("purpose");
const usEast1Environment = config.require("usEast1Environment");
const usEast1Purpose = config.require("usEast1Purpose");

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  profile: aws.config.profile,
  allowedAccountIds: aws.config.allowedAccountIds,
  assumeRoles: aws.config.assumeRoles,
  defaultTags: aws.config.defaultTags,
});

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.global.keys.secrets in keywright.yaml, through key set global and standard data
const secretsKey = new aws.kms.Key(
  "secrets",
  {
    description: "Encrypts secrets",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    deletionWindowInDays: 30,
    multiRegion: true,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "DenyOutsideTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-lz12345678" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
          },
          Action: [
            "kms:Create*",
            "kms:Describe*",
            "kms:Enable*",
            "kms:List*",
            "kms:Put*",
            "kms:Update*",
            "kms:Revoke*",
            "kms:Disable*",
            "kms:Get*",
            "kms:Delete*",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:ScheduleKeyDeletion",
            "kms:CancelKeyDeletion",
            "kms:RotateKeyOnDemand",
            "kms:ReplicateKey",
            "kms:UpdatePrimaryRegion",
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
          Action: [
            "kms:DescribeKey",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
          ],
          Resource: "*",
        },
      ],
    }),
    tags: {
      environment,
      owner: "platform",
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.global.keys.secrets.aliases in keywright.yaml, through key set global
new aws.kms.Alias("lz/secrets", {
  name: "alias/lz/secrets",
  targetKeyId: secretsKey.keyId,
});

// stacks.global.keys.secrets.replicas in keywright.yaml, through key set global and standard data
const secretsKeyUsEast1 = new aws.kms.ReplicaKey(
  "secrets-us-east-1",
  {
    primaryKeyArn: secretsKey.arn,
    description: "Encrypts secrets",
    deletionWindowInDays: 30,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "DenyOutsideTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-lz12345678" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
          },
          Action: [
            "kms:Create*",
            "kms:Describe*",
            "kms:Enable*",
            "kms:List*",
            "kms:Put*",
            "kms:Update*",
            "kms:Revoke*",
            "kms:Disable*",
            "kms:Get*",
            "kms:Delete*",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:ScheduleKeyDeletion",
            "kms:CancelKeyDeletion",
            "kms:RotateKeyOnDemand",
            "kms:ReplicateKey",
            "kms:UpdatePrimaryRegion",
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
          Action: [
            "kms:DescribeKey",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
          ],
          Resource: "*",
        },
      ],
    }),
    tags: {
      environment: usEast1Environment,
      owner: "platform",
      purpose: usEast1Purpose,
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.global.keys.secrets.aliases in keywright.yaml, through key set global
new aws.kms.Alias(
  "lz/secrets-us-east-1",
  {
    name: "alias/lz/secrets",
    targetKeyId: secretsKeyUsEast1.keyId,
  },
  { provider: usEast1 },
);

// stacks.global, for keyAdmins, in keywright.yaml, through standard guarded
new aws.iam.RolePolicy("keyAdmins", {
  name: `keywright-landingzone-global-${environment}`,
  role: "KeyAdministrators",
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
          "kms:ReplicateKey",
          "kms:UpdatePrimaryRegion",
        ],
        Resource: [secretsKey.arn, secretsKeyUsEast1.arn],
      },
    ],
  }),
});

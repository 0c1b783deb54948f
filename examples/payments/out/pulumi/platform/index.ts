// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.platform.principals.auditors in keywright.yaml
const auditorsGroup = new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.platform.keys.orders in keywright.yaml, through standard pii
const ordersKey2 = new aws.kms.Key(
  "orders",
  {
    description: "Encrypts order records",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    deletionWindowInDays: 30,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "OnlyTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::444455556666:role/payments-warehouse-eu-loader",
          },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
          },
        },
      ],
    }),
    tags: {
      classification: "pii",
      "cost-centre": "0042",
      owner: "platform",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.platform.keys.orders.aliases in keywright.yaml
const ordersAlias = new aws.kms.Alias(
  "orders",
  {
    name: "alias/orders",
    targetKeyId: ordersKey2.keyId,
  },
  { provider: euWest1 },
);

// stacks.platform.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "payments/orders",
  {
    name: "alias/payments/orders",
    targetKeyId: ordersKey2.keyId,
  },
  { provider: euWest1 },
);

// stacks.platform.keys.orders.replicas in keywright.yaml, through standard pii
const ordersKeyProdUs = new aws.kms.ReplicaKey(
  "orders-prod-us",
  {
    primaryKeyArn: ordersKey2.arn,
    description: "Encrypts order records (replica)",
    deletionWindowInDays: 30,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "OnlyTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/BreakGlass" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
    tags: {
      classification: "pii",
      "cost-centre": "0042",
      owner: "platform",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.platform.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "orders-prod-us",
  {
    name: "alias/orders",
    targetKeyId: ordersKeyProdUs.keyId,
  },
  { provider: usEast1 },
);

// stacks.platform.keys.root in keywright.yaml, through standard house
const rootKey = new aws.kms.Key(
  "root",
  {
    description: "Encrypts what has no key of its own",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "OnlyTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn":
                "arn:aws:cloudtrail:*:111122223333:trail/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*",
          ],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:eu-west-1:111122223333:log-group:/payments/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/BreakGlass" },
          Action: ["kms:DescribeKey", "kms:List*"],
          Resource: "*",
        },
      ],
    }),
    tags: {
      "cost-centre": "0042",
      owner: "platform",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.platform.keys.root.aliases in keywright.yaml
new aws.kms.Alias(
  "platform",
  {
    name: "alias/platform",
    targetKeyId: rootKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.platform, for keyAdmins, in keywright.yaml, through standard house
new aws.iam.RolePolicy(
  "keyAdmins",
  {
    name: "keywright-payments-platform",
    role: "KeyAdmin",
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
          Resource: [ordersKey2.arn, ordersKeyProdUs.arn],
        },
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
            "kms:DescribeKey",
          ],
          Resource: rootKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.platform, for ci, in keywright.yaml
new aws.iam.UserPolicy(
  "ci",
  {
    name: "keywright-payments-platform",
    user: "ci",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:DescribeKey",
          Resource: ordersKey2.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.platform.principals.auditors in keywright.yaml
new aws.iam.GroupPolicy(
  "auditors",
  {
    name: "keywright-payments-platform",
    group: auditorsGroup.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:DescribeKey",
          Resource: rootKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.platform.outputs.rootKeyArn in keywright.yaml
export const rootKeyArn = rootKey.arn;

// stacks.platform.outputs.ordersKey in keywright.yaml
export const ordersKey = ordersAlias.name;

// stacks.platform.keys.root.arn in keywright.yaml; other stacks use it
export const keysRootArn = rootKey.arn;

// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const sharedArn = config.require("sharedArn");

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.checkout.principals.checkoutApi in teams/checkout.yaml
const checkoutApiRole = new aws.iam.Role(
  "checkoutApi",
  {
    description: "The checkout API",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { ignoreChanges: ["path"] },
);

// stacks.checkout.principals.settlement in teams/checkout.yaml
const settlementRole = new aws.iam.Role(
  "settlement",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { ignoreChanges: ["path"] },
);

// stacks.checkout.keys.cards in teams/checkout.yaml, through standard pii
const cardsKey = new aws.kms.Key(
  "cards",
  {
    description: pulumi.interpolate`Encrypts card tokens in ${region.region}`,
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
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
      ],
    }),
    tags: {
      classification: "pii",
      owner: "platform",
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.checkout.keys.cards.aliases in teams/checkout.yaml
new aws.kms.Alias("cards", {
  name: "alias/cards",
  targetKeyId: cardsKey.keyId,
});

// stacks.checkout.keys.receipts in teams/checkout.yaml, through standard pii
const receiptsKey = new aws.kms.Key(
  "receipts",
  {
    description: "Signs receipts",
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
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
          Principal: { AWS: "*" },
          Action: ["kms:Verify", "kms:DescribeKey", "kms:GetPublicKey"],
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ],
    }),
    tags: {
      classification: "pii",
      owner: "platform",
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.checkout.keys.receipts.aliases in teams/checkout.yaml
new aws.kms.Alias("receipts", {
  name: "alias/receipts",
  targetKeyId: receiptsKey.keyId,
});

// stacks.checkout, for keyAdmins, in keywright.yaml, through standard house
new aws.iam.RolePolicy("keyAdmins", {
  name: `keywright-payments-checkout-${environment}`,
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
        ],
        Resource: cardsKey.arn,
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
        ],
        Resource: receiptsKey.arn,
      },
    ],
  }),
});

// stacks.checkout.principals.checkoutApi in teams/checkout.yaml
new aws.iam.RolePolicy("checkoutApi", {
  name: `keywright-payments-checkout-${environment}`,
  role: checkoutApiRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
        ],
        Resource: cardsKey.arn,
        Condition: {
          StringEquals: { "kms:EncryptionContext:purpose": "card-token" },
        },
      },
      {
        Effect: "Allow",
        Action: "kms:Sign",
        Resource: receiptsKey.arn,
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: sharedArn,
      },
    ],
  }),
});

// stacks.checkout.principals.settlement in teams/checkout.yaml
new aws.iam.RolePolicy("settlement", {
  name: `keywright-payments-checkout-${environment}`,
  role: settlementRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Verify", "kms:DescribeKey", "kms:GetPublicKey"],
        Resource: receiptsKey.arn,
      },
    ],
  }),
});

// stacks.checkout.outputs.cardsKeyArn in teams/checkout.yaml
export const cardsKeyArn = cardsKey.arn;

// stacks.checkout.outputs.sessionsKey in teams/checkout.yaml
export const sessionsKey = "alias/aws/elasticache";

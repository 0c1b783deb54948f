// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const purpose = config.require("purpose");
const cardsDeletionWindowInDays = config.requireNumber(
  "cardsDeletionWindowInDays",
);
const cardsTagData = config.require("cardsTagData");
const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.payments.principals.api in teams/payments.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
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
    tags: {
      owner: "payments",
    },
  },
  { ignoreChanges: ["path"] },
);

// stacks.payments.principals.nightly in teams/payments.yaml
const nightlyRole = new aws.iam.Role(
  "nightly",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "batch.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
    tags: {
      owner: "payments",
    },
  },
  { ignoreChanges: ["path"] },
);

// stacks.payments.keys.buckets in teams/payments.yaml, through standard house
const bucketsKey = new aws.kms.Key(
  "buckets",
  {
    description: "Encrypts buckets",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
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
      ],
    }),
    tags: {
      data: "confidential",
      owner: "payments",
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.payments.keys.buckets.aliases in keywright.yaml, through key set baseline
new aws.kms.Alias("buckets", {
  name: "alias/buckets",
  targetKeyId: bucketsKey.keyId,
});

// stacks.payments.keys.cards in teams/payments.yaml, through standard house
const cardsKey = new aws.kms.Key(
  "cards",
  {
    description: "Encrypts card tokens",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    deletionWindowInDays: cardsDeletionWindowInDays,
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
      ],
    }),
    tags: {
      data: cardsTagData,
      owner: "payments",
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.payments.keys.cards.aliases in teams/payments.yaml
new aws.kms.Alias("payments/cards", {
  name: "alias/payments/cards",
  targetKeyId: cardsKey.keyId,
});

// stacks.payments.keys.logs in keywright.yaml, through key set baseline and standard house
const logsKey = new aws.kms.Key(
  "logs",
  {
    description: "Encrypts log groups",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
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
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.${partition.dnsSuffix}`,
          },
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
              "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${callerIdentity.accountId}:log-group:*`,
            },
          },
        },
      ],
    }),
    tags: {
      data: "internal",
      owner: "payments",
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.payments.keys.logs.aliases in keywright.yaml, through key set baseline
new aws.kms.Alias("logs", {
  name: "alias/logs",
  targetKeyId: logsKey.keyId,
});

// stacks.payments.keys.statements in teams/payments.yaml, through standard house
const statementsKey = new aws.kms.Key(
  "statements",
  {
    description: "Signs account statements",
    customerMasterKeySpec: "RSA_3072",
    keyUsage: "SIGN_VERIFY",
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
      ],
    }),
    tags: {
      data: "internal",
      owner: "payments",
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.payments.keys.statements.aliases in teams/payments.yaml
new aws.kms.Alias("payments/statements", {
  name: "alias/payments/statements",
  targetKeyId: statementsKey.keyId,
});

// stacks.payments, for keyAdmins, in keywright.yaml, through standard house
new aws.iam.RolePolicy("keyAdmins", {
  name: `keywright-company-payments-${environment}`,
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
        Resource: [bucketsKey.arn, cardsKey.arn, logsKey.arn],
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
        Resource: statementsKey.arn,
      },
    ],
  }),
});

// stacks.payments.principals.api in teams/payments.yaml
new aws.iam.RolePolicy("api", {
  name: `keywright-company-payments-${environment}`,
  role: apiRole.name,
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
        Resource: bucketsKey.arn,
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`s3.${region.region}.amazonaws.com`,
          },
        },
      },
      {
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
        ],
        Resource: cardsKey.arn,
      },
    ],
  }),
});

// stacks.payments.principals.nightly in teams/payments.yaml
new aws.iam.RolePolicy("nightly", {
  name: `keywright-company-payments-${environment}`,
  role: nightlyRole.name,
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
        Resource: bucketsKey.arn,
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`s3.${region.region}.amazonaws.com`,
          },
        },
      },
      {
        Effect: "Allow",
        Action: "kms:Sign",
        Resource: statementsKey.arn,
      },
    ],
  }),
});

// stacks.payments.outputs.cardsKeyArn in teams/payments.yaml
export const cardsKeyArn = cardsKey.arn;

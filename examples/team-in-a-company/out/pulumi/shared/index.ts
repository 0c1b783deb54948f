// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["333300000009"],
});

// stacks.shared.keys.buckets in keywright.yaml, through key set baseline and standard house
const bucketsKey = new aws.kms.Key(
  "buckets",
  {
    description: "Encrypts buckets",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::333300000009:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
    tags: {
      data: "internal",
      owner: "platform",
      purpose: "production",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.shared.keys.buckets.aliases in keywright.yaml, through key set baseline
new aws.kms.Alias(
  "buckets",
  {
    name: "alias/buckets",
    targetKeyId: bucketsKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.shared.keys.logs in keywright.yaml, through key set baseline and standard house
const logsKey = new aws.kms.Key(
  "logs",
  {
    description: "Encrypts log groups",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::333300000009:root" },
          Action: "kms:*",
          Resource: "*",
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
                "arn:aws:logs:eu-west-1:333300000009:log-group:*",
            },
          },
        },
      ],
    }),
    tags: {
      data: "internal",
      owner: "platform",
      purpose: "production",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.shared.keys.logs.aliases in keywright.yaml, through key set baseline
new aws.kms.Alias(
  "logs",
  {
    name: "alias/logs",
    targetKeyId: logsKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.shared, for keyAdmins, in keywright.yaml, through standard house
new aws.iam.RolePolicy(
  "keyAdmins",
  {
    name: "keywright-company-shared",
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
          Resource: [bucketsKey.arn, logsKey.arn],
        },
      ],
    }),
  },
  { provider: euWest1 },
);

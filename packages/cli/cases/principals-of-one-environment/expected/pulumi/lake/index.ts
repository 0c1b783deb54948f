// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.lake.principals.reader in keywright.yaml
new aws.iam.Role(
  "reader",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/demo-app-eu-auto" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.lake.keys.lake in keywright.yaml, through standard audited
const lakeKey = new aws.kms.Key(
  "lake",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "Read",
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::111122223333:user/demo-app-us-auditor",
          },
          Action: "kms:Describe*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::111122223333:user/demo-app-eu-auditor",
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
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              "arn:aws:iam::111122223333:role/demo-app-us-auto",
              "arn:aws:iam::111122223333:role/demo-app-eu-auto",
            ],
          },
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
          ],
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.lake.keys.lake.aliases in keywright.yaml
new aws.kms.Alias(
  "lake",
  {
    name: "alias/lake",
    targetKeyId: lakeKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.lake.keys.one in keywright.yaml
const oneKey = new aws.kms.Key(
  "one",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/demo-app-us-auto" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.lake.keys.one.aliases in keywright.yaml
new aws.kms.Alias(
  "one",
  {
    name: "alias/one",
    targetKeyId: oneKey.keyId,
  },
  { provider: euWest1 },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.principals.api in keywright.yaml
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
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.admin in keywright.yaml
const adminRole = new aws.iam.Role(
  "admin",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.keys.own in keywright.yaml
const ownKey = new aws.kms.Key(
  "own",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.principals.admin in keywright.yaml
new aws.iam.RolePolicy(
  "admin",
  {
    name: "keywright-demo-main",
    role: adminRole.name,
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
          Resource: ownKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-central-1:444455556666:key/*",
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/exchange",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-main",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-central-1:444455556666:key/*",
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/exchange",
            },
          },
        },
        {
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource: "arn:aws:kms:us-east-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/far" },
          },
        },
        {
          Effect: "Allow",
          Action: "kms:DescribeKey",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/here" },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.outputs.partner in keywright.yaml
export const partner = "arn:aws:kms:eu-central-1:444455556666:alias/exchange";

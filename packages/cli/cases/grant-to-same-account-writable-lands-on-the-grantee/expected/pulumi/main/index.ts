// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// keywright.yaml:10
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

// keywright.yaml:11
const batchUser = new aws.iam.User(
  "batch",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// keywright.yaml:12
const auditorsGroup = new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// keywright.yaml:14
const ordersKey = new aws.kms.Key(
  "orders",
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

// keywright.yaml:15
new aws.kms.Alias(
  "orders",
  {
    name: "alias/orders",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// keywright.yaml:16
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-main",
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
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// keywright.yaml:16
new aws.iam.UserPolicy(
  "batch",
  {
    name: "keywright-demo-main",
    user: batchUser.name,
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
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// keywright.yaml:16
new aws.iam.GroupPolicy(
  "auditors",
  {
    name: "keywright-demo-main",
    group: auditorsGroup.name,
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
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// keywright.yaml:16
new aws.iam.RolePolicy(
  "ops",
  {
    name: "keywright-demo-main",
    role: "Ops",
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
            "kms:DescribeKey",
          ],
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

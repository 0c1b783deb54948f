// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const platformStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/case-platform/${pulumi.getStack()}`,
);

// stacks.main.principals.ordersApi in keywright.yaml
const ordersApiRole = new aws.iam.Role(
  "ordersApi",
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

// stacks.main.principals.auditors in keywright.yaml
const auditorsGroup = new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.keys.orders in keywright.yaml
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

// stacks.main.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "orders",
  {
    name: "alias/orders",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.main.identityPolicies.orders in keywright.yaml
new aws.iam.RolePolicy(
  "orders-policy",
  {
    name: "orders-key",
    role: ordersApiRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Use",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: ordersKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: [
            platformStack.requireOutput("keysRootArn"),
            "arn:aws:kms:eu-west-1:111122223333:key/*",
          ],
          Condition: { StringEquals: { "kms:EncryptionContext:tenant": "a" } },
        },
        {
          Effect: "Deny",
          NotAction: "kms:*",
          NotResource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.identityPolicies.auditors in keywright.yaml
new aws.iam.GroupPolicy(
  "auditors",
  {
    name: "keywright-case-main",
    group: auditorsGroup.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:List*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.identityPolicies.reader in keywright.yaml
new aws.iam.RolePolicy(
  "reader",
  {
    name: "keywright-case-main",
    role: "Reader",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:DescribeKey",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

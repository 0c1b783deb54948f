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

// stacks.main.principals.batch in keywright.yaml
const batchUser = new aws.iam.User(
  "batch",
  {},
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

// stacks.main.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "ApiDefaultPolicy1A2B3C4D",
    role: apiRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.principals.batch in keywright.yaml
new aws.iam.UserPolicy(
  "batch-policy",
  {
    name: "batch-keys",
    user: batchUser.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.principals.auditors in keywright.yaml
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
          Action: "kms:Decrypt",
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.core.principals.api in keywright.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
    name: `demo-api-${environment}`,
    description: `Api of core-${environment}`,
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
      stack: `core-${environment}`,
    },
  },
  { ignoreChanges: ["path"] },
);

// stacks.core.keys.logs in keywright.yaml, through key set baseline and standard named
const logsKey = new aws.kms.Key(
  "logs",
  {
    description: `logs of core-${environment} in ${environment}`,
    enableKeyRotation: false,
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
      key: "demo/logs",
      stack: `core-${environment}`,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.keys.orders in keywright.yaml, through standard named
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: `orders of core-${environment} in ${environment}`,
    enableKeyRotation: false,
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
      key: "demo/orders",
      stack: `core-${environment}`,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core, for keeper-logs, in keywright.yaml, through standard named
new aws.iam.RolePolicy("keeper-logs", {
  name: `keywright-demo-core-${environment}`,
  role: "keeper-of-logs",
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
        Resource: logsKey.arn,
      },
    ],
  }),
});

// stacks.core, for keeper-orders, in keywright.yaml, through standard named
new aws.iam.RolePolicy("keeper-orders", {
  name: `keywright-demo-core-${environment}`,
  role: "keeper-of-orders",
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
        Resource: ordersKey.arn,
      },
    ],
  }),
});

// stacks.core.principals.api in keywright.yaml
new aws.iam.RolePolicy("api", {
  name: `keywright-demo-core-${environment}`,
  role: apiRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: ordersKey.arn,
        Condition: {
          StringEquals: { "kms:EncryptionContext:of": "demo.orders" },
        },
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:444455556666:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/lake" },
        },
      },
    ],
  }),
});

// stacks.core.outputs.name in keywright.yaml
export const name = `demo-core-${environment}`;

// stacks.core.outputs.literal in keywright.yaml
export const literal = "${key}";

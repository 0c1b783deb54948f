// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.orders.principals.ordersApi in keywright.yaml
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
  { ignoreChanges: ["path"] },
);

// stacks.orders.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: "Encrypts order records",
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
  },
  { protect: true, retainOnDelete: true },
);

// stacks.orders.keys.orders.aliases in keywright.yaml
new aws.kms.Alias("orders", {
  name: "alias/orders",
  targetKeyId: ordersKey.keyId,
});

// stacks.orders.principals.ordersApi in keywright.yaml
new aws.iam.RolePolicy("ordersApi", {
  name: "keywright-quickstart-orders",
  role: ordersApiRole.name,
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
});

// stacks.orders.outputs.ordersKeyArn in keywright.yaml
export const ordersKeyArn = ordersKey.arn;

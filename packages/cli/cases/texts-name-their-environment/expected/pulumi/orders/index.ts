// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const purpose = config.require("purpose");

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.orders.keys.orders in keywright.yaml, through standard named
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: `Of ${environment}`,
    enableKeyRotation: false,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Id: `${environment}-orders`,
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
      env: environment,
      purpose,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.orders.keys.orders.aliases in keywright.yaml
new aws.kms.Alias("orders", {
  name: "alias/orders",
  targetKeyId: ordersKey.keyId,
});

// stacks.orders, for deployer, in keywright.yaml
new aws.iam.RolePolicy("deployer", {
  name: `keywright-demo-orders-${environment}`,
  role: `deploy-${environment}`,
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
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: ordersKey.arn,
        Condition: {
          StringEquals: { "kms:EncryptionContext:stage": environment },
        },
      },
    ],
  }),
});

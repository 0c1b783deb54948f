// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const team = config.require("team");
const valuesReaderRole = config.require("valuesReaderRole");

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.orders.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
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
  },
  { protect: true, retainOnDelete: true },
);

// stacks.orders, for app-values-team, in keywright.yaml
new aws.iam.RolePolicy("app-values-team", {
  name: `keywright-demo-orders-${environment}`,
  role: `app-${team}`,
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
});

// stacks.orders, for app-orders-environment, in keywright.yaml
new aws.iam.RolePolicy("app-orders-environment", {
  name: `keywright-demo-orders-${environment}`,
  role: `app-orders-${environment}`,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: ordersKey.arn,
      },
    ],
  }),
});

// stacks.orders, for values-reader, in keywright.yaml
new aws.iam.RolePolicy("values-reader", {
  name: `keywright-demo-orders-${environment}`,
  role: valuesReaderRole,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:DescribeKey",
        Resource: ordersKey.arn,
      },
    ],
  }),
});

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const team = config.require("team");
const shared2 = config.require("shared");

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.core.principals.api in keywright.yaml
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
  { ignoreChanges: ["path"] },
);

// stacks.core.keys.orders in keywright.yaml
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

// stacks.core.keys.orders.aliases in keywright.yaml
const appEnvironmentOrdersAlias = new aws.kms.Alias("app/environment/orders", {
  name: `alias/demo/${environment}/orders`,
  targetKeyId: ordersKey.keyId,
});

// stacks.core.keys.orders.aliases in keywright.yaml
new aws.kms.Alias("values-team", {
  name: `alias/${team}`,
  targetKeyId: ordersKey.keyId,
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
      },
    ],
  }),
});

// stacks.core, for reader, in keywright.yaml
new aws.iam.RolePolicy("reader", {
  name: `keywright-demo-core-${environment}`,
  role: "Reader",
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:${region.region}:${callerIdentity.accountId}:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": {
            "kms:ResourceAliases": `alias/${shared2}`,
          },
        },
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:aws:kms:us-east-1:${callerIdentity.accountId}:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": {
            "kms:ResourceAliases": `alias/${environment}/far`,
          },
        },
      },
    ],
  }),
});

// stacks.core.outputs.alias in keywright.yaml
export const alias = appEnvironmentOrdersAlias.name;

// stacks.core.outputs.aliasArn in keywright.yaml
export const aliasArn = appEnvironmentOrdersAlias.arn;

// stacks.core.outputs.shared in keywright.yaml
export const shared = pulumi.interpolate`arn:${partition.partition}:kms:${region.region}:${callerIdentity.accountId}:alias/${shared2}`;

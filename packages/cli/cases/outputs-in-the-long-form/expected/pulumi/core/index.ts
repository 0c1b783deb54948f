// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const tagEnv = config.require("tagEnv");
const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

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
    tags: {
      env: tagEnv,
      owner: "platform",
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.keys.orders.aliases in keywright.yaml
const ordersAlias = new aws.kms.Alias("orders", {
  name: "alias/orders",
  targetKeyId: ordersKey.keyId,
});

// stacks.core.outputs.orders_key in keywright.yaml
new aws.ssm.Parameter("orders_key", {
  name: `/kms/${environment}/orders`,
  type: aws.ssm.ParameterType.String,
  value: ordersKey.arn,
  tags: {
    env: tagEnv,
    owner: "platform",
  },
});

// stacks.core.outputs.short in keywright.yaml
export const short = ordersKey.keyId;

// stacks.core.outputs.orders_key in keywright.yaml
export const orders_key = ordersKey.arn;

// stacks.core.outputs.alias in keywright.yaml
export const alias = ordersAlias.name;

// stacks.core.outputs.described in keywright.yaml
export const described = environment;

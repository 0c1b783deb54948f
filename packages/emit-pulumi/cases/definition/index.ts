// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const ordersDescription = config.require("ordersDescription");
const ordersRotationPeriodInDays = config.requireNumber(
  "ordersRotationPeriodInDays",
);
const ordersDeletionWindowInDays = config.requireNumber(
  "ordersDeletionWindowInDays",
);
const ordersPolicyUseKmsViaService2 = config.require(
  "ordersPolicyUseKmsViaService2",
);
const ordersTagText = config.require("ordersTagText");
const ordersLoaderGranteePrincipal = config.require(
  "ordersLoaderGranteePrincipal",
);
const text2 = config.require("text");

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

const platformStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/payments-platform/${pulumi.getStack()}`,
);

// stacks.core.principals.api in keywright.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
    name: `api-${environment}`,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Resource: "*",
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
    description: ordersDescription,
    enableKeyRotation: true,
    rotationPeriodInDays: ordersRotationPeriodInDays,
    deletionWindowInDays: ordersDeletionWindowInDays,
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
        {
          Sid: "Use",
          Effect: "Allow",
          Principal: { AWS: apiRole.arn },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:ViaService": [
                pulumi.interpolate`s3.${region.region}.${partition.dnsSuffix}`,
                ordersPolicyUseKmsViaService2,
              ],
            },
          },
        },
      ],
    }),
    tags: {
      account: callerIdentity.accountId,
      owner: "platform",
      text: ordersTagText,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.keys.orders.aliases in keywright.yaml
new aws.kms.Alias("orders", {
  name: "alias/orders",
  targetKeyId: ordersKey.keyId,
});

// stacks.core.keys.orders.kmsGrants.loader in keywright.yaml
new aws.kms.Grant("orders-loader", {
  name: "loader",
  keyId: ordersKey.keyId,
  granteePrincipal: pulumi.interpolate`${ordersLoaderGranteePrincipal}${platformStack.requireOutput("keysRootArn")}`,
  operations: ["Decrypt"],
});

// stacks.core.outputs.ordersArn in keywright.yaml
export const ordersArn = ordersKey.arn;

// stacks.core.outputs.text in keywright.yaml
export const text = pulumi.interpolate`${text2}${ordersKey.keyId}`;

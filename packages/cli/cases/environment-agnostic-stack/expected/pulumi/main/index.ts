// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

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
  { ignoreChanges: ["path"] },
);

// stacks.main.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: pulumi.interpolate`Orders of ${callerIdentity.accountId} in ${region.region} (${partition.partition}, ${partition.dnsSuffix})`,
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
        {
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.${partition.dnsSuffix}`,
          },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*",
          ],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${callerIdentity.accountId}:log-group:*`,
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.main.keys.orders.aliases in keywright.yaml
const ordersAlias = new aws.kms.Alias("orders", {
  name: "alias/orders",
  targetKeyId: ordersKey.keyId,
});

// stacks.main.principals.api in keywright.yaml
new aws.iam.RolePolicy("api", {
  name: "keywright-demo-main",
  role: apiRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: ordersKey.arn,
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`s3.${region.region}.amazonaws.com`,
          },
        },
      },
    ],
  }),
});

// stacks.main.outputs.arn in keywright.yaml
export const arn = ordersKey.arn;

// stacks.main.outputs.alias in keywright.yaml
export const alias = ordersAlias.arn;

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const usEast1Tenant = config.require("usEast1Tenant");

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  profile: aws.config.profile,
  allowedAccountIds: aws.config.allowedAccountIds,
  assumeRoles: aws.config.assumeRoles,
  defaultTags: aws.config.defaultTags,
});

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.app.principals.reader in keywright.yaml
const readerRole = new aws.iam.Role(
  "reader",
  {
    name: `demo-app-${environment}-reader`,
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

// stacks.app.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    multiRegion: true,
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

// stacks.app.keys.orders.replicas in keywright.yaml
const ordersKeyUsEast1 = new aws.kms.ReplicaKey(
  "orders-us-east-1",
  {
    primaryKeyArn: ordersKey.arn,
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
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.app.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "orders-us-east-1",
  {
    name: "alias/orders",
    targetKeyId: ordersKeyUsEast1.keyId,
  },
  { provider: usEast1 },
);

// stacks.app.principals.reader in keywright.yaml
new aws.iam.RolePolicy("reader", {
  name: `keywright-demo-app-${environment}`,
  role: readerRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: ordersKeyUsEast1.arn,
        Condition: {
          StringEquals: { "kms:EncryptionContext:tenant": usEast1Tenant },
        },
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:us-east-1:444455556666:key/*`,
        Condition: {
          StringEquals: { "kms:EncryptionContext:tenant": "beta" },
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" },
        },
      },
    ],
  }),
});

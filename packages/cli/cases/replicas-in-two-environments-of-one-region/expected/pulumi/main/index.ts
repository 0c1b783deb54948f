// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const ordersKey2 = config.require("ordersKey");
const ordersKeyValue = config.require("ordersKeyValue");

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  profile: aws.config.profile,
  allowedAccountIds: aws.config.allowedAccountIds,
  assumeRoles: aws.config.assumeRoles,
  defaultTags: aws.config.defaultTags,
});

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.main.keys.audit in keywright.yaml
const auditKey = new aws.kms.Key(
  "audit",
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

// stacks.main.keys.audit.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "audit-prod-us-2",
  {
    primaryKeyArn: auditKey.arn,
    description: "In prod-us-2",
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

// stacks.main.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: `${ordersKey2} or ${ordersKeyValue}`,
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

// stacks.main.keys.orders.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "orders-prod-us",
  {
    primaryKeyArn: ordersKey.arn,
    description: "In prod-us",
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

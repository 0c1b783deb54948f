// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.main.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "orders",
  {
    name: "alias/orders",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.main.keys.orders.replicas in keywright.yaml
const ordersKeyUsEast1 = new aws.kms.ReplicaKey(
  "orders-us-east-1",
  {
    primaryKeyArn: ordersKey.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
    tags: {
      tier: "none",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "orders-us-east-1",
  {
    name: "alias/orders",
    targetKeyId: ordersKeyUsEast1.keyId,
  },
  { provider: usEast1 },
);

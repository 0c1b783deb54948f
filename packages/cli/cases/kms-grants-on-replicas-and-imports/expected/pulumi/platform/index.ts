// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.platform.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.platform.keys.orders.replicas in keywright.yaml
const ordersKeyUs = new aws.kms.ReplicaKey(
  "orders-us",
  {
    primaryKeyArn: ordersKey.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.platform.keys.orders.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "orders-build",
  {
    name: "build",
    keyId: ordersKey.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:user/ci",
    operations: ["Decrypt"],
  },
  { provider: euWest1 },
);

// stacks.platform.keys.orders.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "orders-build-us",
  {
    name: "build",
    keyId: ordersKeyUs.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:user/ci",
    operations: ["Decrypt", "Encrypt"],
  },
  { provider: usEast1 },
);

// stacks.platform.keys.orders.arn in keywright.yaml; other stacks use it
export const keysOrdersArn = ordersKey.arn;

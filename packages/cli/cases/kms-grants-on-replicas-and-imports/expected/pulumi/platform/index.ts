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

// keywright.yaml:11
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

// keywright.yaml:14
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

// keywright.yaml:13
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

// keywright.yaml:14
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

// keywright.yaml:19; other stacks use it
export const keysOrdersArn = ordersKey.arn;

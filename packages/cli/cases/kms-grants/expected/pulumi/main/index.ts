// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.principals.worker in keywright.yaml
const workerRole = new aws.iam.Role(
  "worker",
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
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
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

// stacks.main.keys.orders.kmsGrants.workers in keywright.yaml
new aws.kms.Grant(
  "orders-workers",
  {
    name: "workers",
    keyId: ordersKey.keyId,
    granteePrincipal: workerRole.arn,
    operations: ["Decrypt", "GenerateDataKey"],
    constraints: [
      {
        encryptionContextEquals: {
          tenant: "a",
        },
      },
    ],
  },
  { provider: euWest1 },
);

// stacks.main.keys.orders.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "orders-build",
  {
    name: "build",
    keyId: ordersKey.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:user/ci",
    retiringPrincipal: workerRole.arn,
    operations: ["DescribeKey"],
    constraints: [
      {
        encryptionContextSubset: {
          stage: "test",
        },
      },
    ],
  },
  { provider: euWest1 },
);

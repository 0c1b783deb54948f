// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.orders in keywright.yaml, through standard pii
new aws.kms.Key(
  "orders",
  {
    description: "Mine",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "Base",
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
        {
          Sid: "Own",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
      ],
    }),
    tags: {
      owner: "orders",
      tier: "pii",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

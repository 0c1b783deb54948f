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

// stacks.replicated.keys.logs in keywright.yaml, through standard watched
const logsKey = new aws.kms.Key(
  "logs",
  {
    description: "logs, gold",
    enableKeyRotation: false,
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
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              "arn:aws:iam::999988887777:role/Siem",
              "arn:aws:iam::888877776666:root",
            ],
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
    tags: {
      tier: "gold",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.replicated.keys.logs.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "logs-us-east-1",
  {
    primaryKeyArn: logsKey.arn,
    description: "gold in us-east-1",
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
      tier: "gold",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

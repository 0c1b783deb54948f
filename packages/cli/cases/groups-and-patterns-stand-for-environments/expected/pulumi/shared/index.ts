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

// stacks.shared.keys.root in keywright.yaml
const rootKey = new aws.kms.Key(
  "root",
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
        {
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::444455556666:role/demo-app-data-eu-api",
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
    tags: {
      env: "prod",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.shared.keys.root.aliases in keywright.yaml
new aws.kms.Alias(
  "root",
  {
    name: "alias/root",
    targetKeyId: rootKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.shared.keys.root.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "root-prod-us",
  {
    primaryKeyArn: rootKey.arn,
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
    tags: {
      area: "america",
      env: "prod",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.shared.keys.root.arn in keywright.yaml; other stacks use it
export const keysRootArn = rootKey.arn;

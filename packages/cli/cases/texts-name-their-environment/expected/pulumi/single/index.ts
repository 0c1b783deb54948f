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

// stacks.single.keys.audit in keywright.yaml, through standard named
const auditKey = new aws.kms.Key(
  "audit",
  {
    description: "Of prod",
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
    tags: {
      env: "prod",
      purpose: "production",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.single.keys.audit.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "audit-prod-us",
  {
    primaryKeyArn: auditKey.arn,
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
      at: "prod-us",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

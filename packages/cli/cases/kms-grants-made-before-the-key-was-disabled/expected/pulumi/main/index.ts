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

// stacks.main.keys.retired in keywright.yaml
const retiredKey = new aws.kms.Key(
  "retired",
  {
    isEnabled: false,
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

// stacks.main.keys.retired.replicas in keywright.yaml
const retiredKeyUs = new aws.kms.ReplicaKey(
  "retired-us",
  {
    primaryKeyArn: retiredKey.arn,
    enabled: false,
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

// stacks.main.keys.retired.kmsGrants.work in keywright.yaml
new aws.kms.Grant(
  "retired-work",
  {
    name: "work",
    keyId: retiredKey.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:role/worker",
    operations: ["Decrypt"],
  },
  { provider: euWest1 },
);

// stacks.main.keys.retired.kmsGrants.work in keywright.yaml
new aws.kms.Grant(
  "retired-work-us",
  {
    name: "work",
    keyId: retiredKeyUs.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:role/worker",
    operations: ["Decrypt"],
  },
  { provider: usEast1 },
);

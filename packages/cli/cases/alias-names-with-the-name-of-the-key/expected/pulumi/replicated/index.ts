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

// stacks.replicated.keys.logs in keywright.yaml
const logsKey = new aws.kms.Key(
  "logs",
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

// stacks.replicated.keys.logs.aliases in keywright.yaml
new aws.kms.Alias(
  "stack/logs",
  {
    name: "alias/replicated/logs",
    targetKeyId: logsKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.replicated.keys.logs.replicas in keywright.yaml
const logsKeyUsEast1 = new aws.kms.ReplicaKey(
  "logs-us-east-1",
  {
    primaryKeyArn: logsKey.arn,
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

// stacks.replicated.keys.logs.aliases in keywright.yaml
new aws.kms.Alias(
  "stack/logs-us-east-1",
  {
    name: "alias/replicated/logs",
    targetKeyId: logsKeyUsEast1.keyId,
  },
  { provider: usEast1 },
);

// stacks.replicated.keys.traces in keywright.yaml
const tracesKey = new aws.kms.Key(
  "traces",
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

// stacks.replicated.keys.traces.aliases in keywright.yaml
new aws.kms.Alias(
  "stack/traces",
  {
    name: "alias/replicated/traces",
    targetKeyId: tracesKey.keyId,
  },
  { provider: euWest1 },
);

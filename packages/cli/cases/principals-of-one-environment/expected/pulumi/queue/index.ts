// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.queue.keys.queue in keywright.yaml
const queueKey = new aws.kms.Key(
  "queue",
  {
    enableKeyRotation: false,
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

// stacks.queue.keys.queue.kmsGrants.worker in keywright.yaml
new aws.kms.Grant(
  "queue-worker",
  {
    name: "worker",
    keyId: queueKey.keyId,
    granteePrincipal: "arn:aws:iam::111122223333:role/demo-app-eu-auto",
    retiringPrincipal: "arn:aws:iam::111122223333:role/demo-app-us-auto",
    operations: ["Decrypt"],
  },
  { provider: euWest1 },
);

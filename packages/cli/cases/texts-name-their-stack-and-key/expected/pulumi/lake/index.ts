// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.lake.keys.lake in keywright.yaml
const lakeKey = new aws.kms.Key(
  "lake",
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
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/demo-api-prod" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.lake.keys.lake.aliases in keywright.yaml
new aws.kms.Alias(
  "lake",
  {
    name: "alias/lake",
    targetKeyId: lakeKey.keyId,
  },
  { provider: euWest1 },
);

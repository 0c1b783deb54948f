// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.keys-eu-west-1.keys.refunds in keywright.yaml
const refundsKey = new aws.kms.Key(
  "refunds",
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

// stacks.keys-eu-west-1, for batch, in keywright.yaml
new aws.iam.RolePolicy(
  "batch",
  {
    name: "keywright-pay-keys-eu-west-1",
    role: "Batch",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: refundsKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.keys.keys.invoices in keywright.yaml
const invoicesKey = new aws.kms.Key(
  "invoices",
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

// stacks.keys, for batch, in keywright.yaml
new aws.iam.RolePolicy(
  "batch",
  {
    name: "keywright-pay-eu-keys-09fa3f93",
    role: "Batch",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: invoicesKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.sales.keys.purchases in keywright.yaml
const purchasesKey = new aws.kms.Key(
  "purchases",
  {
    description: "Encrypts purchases",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
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
  {
    provider: euWest1,
    protect: true,
    retainOnDelete: true,
    aliases: [{ name: "orders" }],
  },
);

// stacks.sales.keys.purchases.aliases in keywright.yaml
new aws.kms.Alias(
  "orders",
  {
    name: "alias/orders",
    targetKeyId: purchasesKey.keyId,
  },
  { provider: euWest1 },
);

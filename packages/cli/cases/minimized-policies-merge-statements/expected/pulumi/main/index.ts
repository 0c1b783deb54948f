// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
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
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              "arn:aws:iam::111122223333:role/A",
              "arn:aws:iam::111122223333:role/B",
            ],
          },
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/B" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "kms:EncryptionContext:t": "x" } },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.tokens in keywright.yaml
new aws.kms.Key(
  "tokens",
  {
    customerMasterKeySpec: "HMAC_512",
    keyUsage: "GENERATE_VERIFY_MAC",
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
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: ["kms:VerifyMac", "kms:GenerateMac"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

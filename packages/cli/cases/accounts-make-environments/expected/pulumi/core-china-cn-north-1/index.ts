// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const cnNorth1 = new aws.Provider("cn-north-1", {
  region: "cn-north-1",
  allowedAccountIds: ["444455556666"],
  assumeRoles: [{ roleArn: "arn:aws-cn:iam::444455556666:role/ops/Deploy" }],
});

// stacks.core.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: cnNorth1, protect: true, retainOnDelete: true },
);

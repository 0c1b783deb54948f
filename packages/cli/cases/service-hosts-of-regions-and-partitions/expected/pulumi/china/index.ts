// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const cnNorth1 = new aws.Provider("cn-north-1", {
  region: "cn-north-1",
  allowedAccountIds: ["555566667777"],
});

// stacks.china.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::555566667777:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            Service: [
              "logs.cn-north-1.amazonaws.com.cn",
              "codedeploy.cn-north-1.amazonaws.com.cn",
              "elasticmapreduce.amazonaws.com.cn",
            ],
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: cnNorth1, protect: true, retainOnDelete: true },
);

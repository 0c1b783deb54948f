// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const cnNorth1 = new aws.Provider("cn-north-1", {
  region: "cn-north-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.agree in keywright.yaml
new aws.kms.Key(
  "agree",
  {
    customerMasterKeySpec: "SM2",
    keyUsage: "KEY_AGREEMENT",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" },
          Action: "kms:DeriveSharedSecret",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: cnNorth1, protect: true, retainOnDelete: true },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.single.keys.logs in keywright.yaml
const logsKey = new aws.kms.Key(
  "logs",
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
    tags: {
      env: "prod",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.single.outputs.key in keywright.yaml
new aws.ssm.Parameter(
  "key",
  {
    name: "/kms/logs",
    type: aws.ssm.ParameterType.String,
    value: logsKey.arn,
    tags: {
      env: "prod",
    },
  },
  { provider: euWest1 },
);

// stacks.single.outputs.key in keywright.yaml
export const key = logsKey.arn;

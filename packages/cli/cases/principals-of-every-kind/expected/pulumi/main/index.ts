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
              "arn:aws:iam::111122223333:role/KeyAdmin",
              "arn:aws:iam::111122223333:user/ci",
              "arn:aws:iam::999999999999:root",
              "arn:aws:sts::111122223333:assumed-role/App/i-1",
            ],
            Service: "logs.eu-west-1.amazonaws.com",
            Federated:
              "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            "ForAnyValue:StringLike": {
              "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

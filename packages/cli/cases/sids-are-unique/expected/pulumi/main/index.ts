// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.orders in keywright.yaml, through standard house
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
          Sid: "Auditors",
          Effect: "Allow",
          Principal: { Service: "config.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
        {
          Sid: "Readers",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
        {
          Sid: "Readers2",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "sqs.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.archive in keywright.yaml
new aws.kms.Key(
  "archive",
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
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudtrail:us-east-1:444455556666:trail/organization",
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn":
                "arn:aws:cloudtrail:*:444455556666:trail/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudtrail:us-east-1:444455556666:trail/organization",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "config.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": ["444455556666", "777788889999"],
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
          ],
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": ["444455556666", "777788889999"],
            },
            ArnLike: {
              "aws:SourceArn": [
                "arn:aws:logs:eu-west-1:444455556666:*",
                "arn:aws:logs:eu-west-1:777788889999:*",
              ],
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

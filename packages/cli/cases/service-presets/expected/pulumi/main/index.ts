// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// keywright.yaml:9
new aws.kms.Key(
  "trail",
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
          Action: "kms:GenerateDataKey*",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn":
                "arn:aws:cloudtrail:*:111122223333:trail/*",
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
                "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// keywright.yaml:10
new aws.kms.Key(
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
        {
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*",
          ],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:eu-west-1:111122223333:log-group:/app/*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// keywright.yaml:11
new aws.kms.Key(
  "zone",
  {
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
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
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: {
              "aws:SourceArn": "arn:aws:route53:::hostedzone/Z0123456789",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: {
              "aws:SourceArn": "arn:aws:route53:::hostedzone/Z0123456789",
            },
            Bool: { "kms:GrantIsForAWSResource": "true" },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.any in keywright.yaml, through standard functions
new aws.kms.Key(
  "any",
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
          Principal: { Service: "lambda.eu-west-1.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            StringLike: {
              "kms:EncryptionContext:aws:lambda:FunctionArn":
                "arn:aws:lambda:eu-west-1:111122223333:function:*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.code in keywright.yaml
new aws.kms.Key(
  "code",
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
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            StringLike: {
              "kms:EncryptionContext:aws:lambda:FunctionArn": [
                "arn:aws:lambda:eu-west-1:111122223333:function:pay",
                "arn:aws:lambda:eu-west-1:111122223333:function:orders-*",
              ],
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.filters in keywright.yaml
new aws.kms.Key(
  "filters",
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
          Principal: { Service: "lambda.eu-west-1.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:a1b2c3d4-5678-90ab-cdef-111122223333",
              "kms:EncryptionContext:aws:lambda:FunctionArn":
                "arn:aws:lambda:eu-west-1:111122223333:function:pay",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

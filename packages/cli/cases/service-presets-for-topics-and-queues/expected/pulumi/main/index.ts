// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.keys.alarms in keywright.yaml
new aws.kms.Key(
  "alarms",
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
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:payments-*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.any in keywright.yaml
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
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com", "s3.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sns:topicArn":
                "arn:aws:sns:eu-west-1:111122223333:*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sqs:arn":
                "arn:aws:sqs:eu-west-1:111122223333:*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.databases in keywright.yaml
new aws.kms.Key(
  "databases",
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
            Service: [
              "events.rds.amazonaws.com",
              "redshift.amazonaws.com",
              "ssm-incidents.amazonaws.com",
              "ssm-contacts.amazonaws.com",
            ],
          },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sns:topicArn":
                "arn:aws:sns:eu-west-1:111122223333:alerts",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.everyPublisher in keywright.yaml
new aws.kms.Key(
  "everyPublisher",
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
            Service: [
              "backup.amazonaws.com",
              "cloudtrail.amazonaws.com",
              "codecommit.amazonaws.com",
              "dynamodb.amazonaws.com",
              "ds.amazonaws.com",
              "dms.amazonaws.com",
              "glacier.amazonaws.com",
              "ssm-incidents.amazonaws.com",
              "ssm-contacts.amazonaws.com",
              "inspector.amazonaws.com",
              "events.rds.amazonaws.com",
              "redshift.amazonaws.com",
              "ses.amazonaws.com",
              "importexport.amazonaws.com",
            ],
          },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sns:topicArn":
                "arn:aws:sns:eu-west-1:111122223333:*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.fanOut in keywright.yaml
new aws.kms.Key(
  "fanOut",
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
          Principal: { Service: "sns.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": [
                "arn:aws:sns:eu-west-1:111122223333:orders",
                "arn:aws:sns:us-east-1:111122223333:orders",
              ],
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.objects in keywright.yaml
new aws.kms.Key(
  "objects",
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
          Principal: { Service: "s3.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:s3:::incoming",
              "kms:EncryptionContext:aws:sns:topicArn":
                "arn:aws:sns:eu-west-1:111122223333:*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:s3:::incoming",
              "kms:EncryptionContext:aws:sqs:arn":
                "arn:aws:sqs:eu-west-1:111122223333:*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.queues in keywright.yaml
new aws.kms.Key(
  "queues",
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
          Principal: { Service: "events.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": [
                "arn:aws:events:eu-west-1:111122223333:rule/nightly",
                "arn:aws:events:eu-west-1:111122223333:rule/shop/order-placed",
              ],
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.main.keys.topics in keywright.yaml
new aws.kms.Key(
  "topics",
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
          Principal: { Service: "events.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sns:topicArn":
                "arn:aws:sns:eu-west-1:111122223333:alerts",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

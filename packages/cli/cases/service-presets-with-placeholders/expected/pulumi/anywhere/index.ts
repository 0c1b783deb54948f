// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
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
              "aws:SourceArn": pulumi.interpolate`arn:${partition.partition}:sns:${region.region}:${callerIdentity.accountId}:orders`,
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "config.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${partition.partition}:config:${region.region}:${callerIdentity.accountId}:*`,
            },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/Launcher`,
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_${region.region}`,
            ],
          },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/Launcher`,
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_${region.region}`,
            ],
          },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const trail = config.require("trail");
const network = config.require("network");
const logs = config.require("logs");
const group = config.require("group");

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.main.keys.orders in keywright.yaml
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
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.${partition.dnsSuffix}`,
          },
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
              "kms:EncryptionContext:aws:logs:arn": [
                pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${callerIdentity.accountId}:log-group:/${environment}/orders/*`,
                "arn:aws:logs:us-east-1:444455556666:log-group:/${literal}",
              ],
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": [
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:${region.region}:${callerIdentity.accountId}:trail/${trail}`,
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:${region.region}:111122223333:trail/demo`,
              ],
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn": [
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:*:${callerIdentity.accountId}:trail/*`,
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:*:111122223333:trail/*`,
              ],
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
              "aws:SourceArn": [
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:${region.region}:${callerIdentity.accountId}:trail/${trail}`,
                pulumi.interpolate`arn:${partition.partition}:cloudtrail:${region.region}:111122223333:trail/demo`,
              ],
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
            StringEquals: { "aws:SourceAccount": ["111122223333", network] },
            ArnLike: {
              "aws:SourceArn": [
                pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:111122223333:*`,
                pulumi.interpolate`arn:${partition.partition}:logs:${logs}:111122223333:*`,
                pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${network}:*`,
                pulumi.interpolate`arn:${partition.partition}:logs:${logs}:${network}:*`,
              ],
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "macie.amazonaws.com" },
          Action: ["kms:GenerateDataKey", "kms:Encrypt"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            ArnLike: {
              "aws:SourceArn": [
                pulumi.interpolate`arn:${partition.partition}:macie2:${region.region}:${callerIdentity.accountId}:export-configuration:*`,
                pulumi.interpolate`arn:${partition.partition}:macie2:${region.region}:${callerIdentity.accountId}:classification-job/*`,
                pulumi.interpolate`arn:${partition.partition}:macie2:${logs}:${callerIdentity.accountId}:export-configuration:*`,
                pulumi.interpolate`arn:${partition.partition}:macie2:${logs}:${callerIdentity.accountId}:classification-job/*`,
              ],
            },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/demo-${environment}`,
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_${group}`,
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
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/demo-${environment}`,
              pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_${group}`,
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

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.audit in keywright.yaml, through standard audit
new aws.kms.Key(
  "audit",
  {
    enableKeyRotation: false,
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
          Principal: { Service: "config.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "guardduty.amazonaws.com" },
          Action: "kms:GenerateDataKey",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${partition.partition}:guardduty:*:${callerIdentity.accountId}:detector/*`,
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "sso.amazonaws.com" },
          Action: [
            "kms:Decrypt",
            "kms:ReEncryptTo",
            "kms:ReEncryptFrom",
            "kms:GenerateDataKeyWithoutPlaintext",
          ],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            StringLike: { "kms:EncryptionContext:aws:sso:instance-arn": "*" },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "identitystore.amazonaws.com" },
          Action: [
            "kms:Decrypt",
            "kms:ReEncryptTo",
            "kms:ReEncryptFrom",
            "kms:GenerateDataKeyWithoutPlaintext",
          ],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            StringLike: {
              "kms:EncryptionContext:aws:identitystore:identitystore-arn": "*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            Service: ["sso.amazonaws.com", "identitystore.amazonaws.com"],
          },
          Action: "kms:DescribeKey",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "inspector2.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": callerIdentity.accountId },
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${partition.partition}:inspector2:${region.region}:${callerIdentity.accountId}:report/*`,
            },
          },
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
              "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${callerIdentity.accountId}:log-group:*`,
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
                pulumi.interpolate`arn:${partition.partition}:macie2:*:${callerIdentity.accountId}:export-configuration:*`,
                pulumi.interpolate`arn:${partition.partition}:macie2:*:${callerIdentity.accountId}:classification-job/*`,
              ],
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

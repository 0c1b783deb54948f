// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();

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
            AWS: pulumi.interpolate`arn:aws:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.amazonaws.com`,
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
                pulumi.interpolate`arn:aws:logs:${region.region}:${callerIdentity.accountId}:log-group:/prod/orders/*`,
                pulumi.interpolate`arn:aws:logs:${region.region}:${callerIdentity.accountId}:log-group:/\${literal}`,
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
                pulumi.interpolate`arn:aws:cloudtrail:eu-central-1:${callerIdentity.accountId}:trail/all`,
                pulumi.interpolate`arn:aws:cloudtrail:${region.region}:${callerIdentity.accountId}:trail/demo`,
              ],
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn": pulumi.interpolate`arn:aws:cloudtrail:*:${callerIdentity.accountId}:trail/*`,
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
                pulumi.interpolate`arn:aws:cloudtrail:eu-central-1:${callerIdentity.accountId}:trail/all`,
                pulumi.interpolate`arn:aws:cloudtrail:${region.region}:${callerIdentity.accountId}:trail/demo`,
              ],
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

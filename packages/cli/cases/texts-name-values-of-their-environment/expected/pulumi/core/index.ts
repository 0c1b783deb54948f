// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const tier2 = config.require("tier");
const partner = config.require("partner");
const siem = config.require("siem");
const quoted = config.require("quoted");
const company = config.require("company");
const unit = config.require("unit");

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.core.keys.orders in keywright.yaml, through standard watched
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: `orders, ${tier2}`,
    enableKeyRotation: false,
    multiRegion: true,
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
          Principal: { AWS: `arn:aws:sts::${partner}:assumed-role/Deploy/ci` },
          Action: "kms:DescribeKey",
          Resource: `arn:aws:kms:*:${partner}:key/*`,
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              siem,
              pulumi.interpolate`arn:${partition.partition}:iam::${partner}:root`,
            ],
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${partner}:role/Reader` },
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "kms:EncryptionContext:tier": quoted } },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": company } },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${unit}/*` },
          },
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${partner}:root`,
          },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${partner}:role/*` },
          },
        },
      ],
    }),
    tags: {
      tier: tier2,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.outputs.tier in keywright.yaml
export const tier = pulumi.interpolate`${tier2} of ${ordersKey.keyId}, \${values.tier}`;

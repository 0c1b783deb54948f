// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const ordersDescription = config.require("ordersDescription");
const ordersPolicyStatement2PrincipalAWS = config.require(
  "ordersPolicyStatement2PrincipalAWS",
);
const ordersPolicyStatement2Resource = config.require(
  "ordersPolicyStatement2Resource",
);
const ordersPolicyStatement3PrincipalAWS1 = config.require(
  "ordersPolicyStatement3PrincipalAWS1",
);
const ordersPolicyStatement3PrincipalAWS2 = config.require(
  "ordersPolicyStatement3PrincipalAWS2",
);
const ordersPolicyStatement4PrincipalAWS = config.require(
  "ordersPolicyStatement4PrincipalAWS",
);
const ordersPolicyStatement4ConditionStringEqualsKmsEncryptionContextTier =
  config.require(
    "ordersPolicyStatement4ConditionStringEqualsKmsEncryptionContextTier",
  );
const ordersPolicyStatement5ConditionArnLikeAwsPrincipalArn = config.require(
  "ordersPolicyStatement5ConditionArnLikeAwsPrincipalArn",
);
const ordersTagsTier = config.require("ordersTagsTier");
const tier2 = config.require("tier");

const callerIdentity = aws.getCallerIdentityOutput();

// stacks.core.keys.orders in keywright.yaml, through standard watched
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: ordersDescription,
    enableKeyRotation: false,
    multiRegion: true,
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
          Principal: { AWS: ordersPolicyStatement2PrincipalAWS },
          Action: "kms:DescribeKey",
          Resource: ordersPolicyStatement2Resource,
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              ordersPolicyStatement3PrincipalAWS1,
              ordersPolicyStatement3PrincipalAWS2,
            ],
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: ordersPolicyStatement4PrincipalAWS },
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:EncryptionContext:tier":
                ordersPolicyStatement4ConditionStringEqualsKmsEncryptionContextTier,
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { AWS: ordersPolicyStatement3PrincipalAWS2 },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:PrincipalArn":
                ordersPolicyStatement5ConditionArnLikeAwsPrincipalArn,
            },
          },
        },
      ],
    }),
    tags: {
      tier: ordersTagsTier,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.outputs.tier in keywright.yaml
export const tier = pulumi.interpolate`${tier2}${ordersKey.keyId}, \${values.tier}`;

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.any in keywright.yaml, through standard functions
new aws.kms.Key(
  "any",
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
          Principal: {
            Service: pulumi.interpolate`lambda.${region.region}.amazonaws.com`,
          },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${partition.partition}:lambda:${region.region}:${callerIdentity.accountId}:event-source-mapping:*`,
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
              "kms:EncryptionContext:aws:lambda:FunctionArn": pulumi.interpolate`arn:${partition.partition}:lambda:${region.region}:${callerIdentity.accountId}:function:*`,
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

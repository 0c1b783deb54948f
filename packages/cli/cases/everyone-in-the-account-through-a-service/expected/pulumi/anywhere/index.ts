// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.tables in keywright.yaml
new aws.kms.Key(
  "tables",
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
          Principal: { AWS: "*" },
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
          ],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:ViaService": [
                pulumi.interpolate`dynamodb.${region.region}.amazonaws.com`,
                pulumi.interpolate`s3.${region.region}.amazonaws.com`,
              ],
              "kms:CallerAccount": callerIdentity.accountId,
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

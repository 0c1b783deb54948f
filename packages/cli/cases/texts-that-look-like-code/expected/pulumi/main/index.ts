// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.main.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
  {
    description: pulumi.interpolate`Orders of ${region.region}: "quoted", \`ticked\`, \${not.a.placeholder}, %{if true}, back\\slash, */ and {{braces}}`,
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
          Principal: { AWS: "arn:aws:iam::111122223333:role/Clerk" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringLike: {
              "kms:EncryptionContext:path": pulumi.interpolate`${callerIdentity.accountId}/\${aws:username}/\`%{x}\``,
            },
          },
        },
      ],
    }),
    tags: {
      boolean: "yes",
      date: "2026-11-24",
      number: "0123",
      quoted: "say yes",
    },
  },
  { protect: true, retainOnDelete: true },
);

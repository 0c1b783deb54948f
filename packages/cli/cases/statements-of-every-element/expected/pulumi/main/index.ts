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
    enableKeyRotation: false,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Id: "from-before",
      Statement: [
        {
          Sid: "Account",
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Deny",
          NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/Admin" },
          NotAction: "kms:Decrypt",
          NotResource: pulumi.interpolate`arn:aws:kms:${region.region}:${callerIdentity.accountId}:key/*`,
        },
        {
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.amazonaws.com`,
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

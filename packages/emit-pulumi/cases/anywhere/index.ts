// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.root in keywright.yaml
new aws.kms.Key(
  "root",
  {
    description: pulumi.interpolate`Cost in $${callerIdentity.accountId} of \${region} % \`${region.region}`,
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
          Sid: "Logs",
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`logs.${region.region}.${partition.dnsSuffix}`,
          },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
    tags: {
      account: callerIdentity.accountId,
    },
  },
  { protect: true, retainOnDelete: true },
);

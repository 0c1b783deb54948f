// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.free in keywright.yaml
const freeKey = new aws.kms.Key(
  "free",
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
      ],
    }),
    tags: {
      place: region.region,
    },
  },
  { protect: true, retainOnDelete: true },
);

// stacks.anywhere.outputs.key in keywright.yaml
new aws.ssm.Parameter("key", {
  name: "/kms/free",
  type: aws.ssm.ParameterType.String,
  value: freeKey.arn,
  tags: {
    place: region.region,
  },
});

// stacks.anywhere.outputs.key in keywright.yaml
export const key = freeKey.arn;

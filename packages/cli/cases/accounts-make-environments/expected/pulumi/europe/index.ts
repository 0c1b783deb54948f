// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const tagEnv = config.require("tagEnv");

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.europe.keys.eu in keywright.yaml
new aws.kms.Key(
  "eu",
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
      env: tagEnv,
    },
  },
  { protect: true, retainOnDelete: true },
);

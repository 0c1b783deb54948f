// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
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
  },
  { protect: true, retainOnDelete: true },
);

// stacks.anywhere.keys.free.aliases in keywright.yaml
new aws.kms.Alias("app-stack-free", {
  name: "alias/demo-anywhere-free",
  targetKeyId: freeKey.keyId,
});

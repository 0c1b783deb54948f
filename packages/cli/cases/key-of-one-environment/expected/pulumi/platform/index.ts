// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.platform.keys.root in keywright.yaml
const rootKey = new aws.kms.Key(
  "root",
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

// stacks.platform.keys.root.aliases in keywright.yaml
new aws.kms.Alias("root", {
  name: "alias/root",
  targetKeyId: rootKey.keyId,
});

// stacks.platform.keys.root.arn in keywright.yaml; other stacks use it
export const keysRootArn = rootKey.arn;

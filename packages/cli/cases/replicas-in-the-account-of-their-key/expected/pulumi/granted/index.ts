// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  profile: aws.config.profile,
  allowedAccountIds: aws.config.allowedAccountIds,
  assumeRoles: aws.config.assumeRoles,
  defaultTags: aws.config.defaultTags,
});

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.granted.keys.shared in keywright.yaml
const sharedKey = new aws.kms.Key(
  "shared",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    multiRegion: true,
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

// stacks.granted.keys.shared.replicas in keywright.yaml
const sharedKeyUsEast1 = new aws.kms.ReplicaKey(
  "shared-us-east-1",
  {
    primaryKeyArn: sharedKey.arn,
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
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.granted.keys.shared.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "shared-build-us-east-1",
  {
    name: "build",
    keyId: sharedKeyUsEast1.keyId,
    granteePrincipal: pulumi.interpolate`arn:aws:iam::${callerIdentity.accountId}:role/Build`,
    operations: ["Decrypt"],
  },
  { provider: usEast1 },
);

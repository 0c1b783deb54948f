// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const usEast1Environment = config.require("usEast1Environment");

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  profile: aws.config.profile,
  allowedAccountIds: aws.config.allowedAccountIds,
  assumeRoles: aws.config.assumeRoles,
  defaultTags: aws.config.defaultTags,
});

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.store.keys.store in keywright.yaml
const storeKey = new aws.kms.Key(
  "store",
  {
    enableKeyRotation: false,
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

// stacks.store.keys.store.aliases in keywright.yaml
new aws.kms.Alias("store", {
  name: "alias/store",
  targetKeyId: storeKey.keyId,
});

// stacks.store.keys.store.replicas in keywright.yaml
const storeKeyUsEast1 = new aws.kms.ReplicaKey(
  "store-us-east-1",
  {
    primaryKeyArn: storeKey.arn,
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
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::444455556666:role/demo-app-prod-api`,
          },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: { "kms:EncryptionContext:env": usEast1Environment },
          },
        },
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.store.keys.store.aliases in keywright.yaml
new aws.kms.Alias(
  "store-us-east-1",
  {
    name: "alias/store",
    targetKeyId: storeKeyUsEast1.keyId,
  },
  { provider: usEast1 },
);

// stacks.store.keys.store.id in keywright.yaml; other stacks use it
export const keysStoreId = storeKey.keyId;

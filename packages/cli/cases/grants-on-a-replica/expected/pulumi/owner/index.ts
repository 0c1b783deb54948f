// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// keywright.yaml:10
const apiRole = new aws.iam.Role(
  "api",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// keywright.yaml:12
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// keywright.yaml:14
const ordersKeyUs = new aws.kms.ReplicaKey(
  "orders-us",
  {
    primaryKeyArn: ordersKey.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// keywright.yaml:14
new aws.kms.Alias(
  "orders-us",
  {
    name: "alias/orders",
    targetKeyId: ordersKeyUs.keyId,
  },
  { provider: usEast1 },
);

// keywright.yaml:14
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-owner",
    role: apiRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: pulumi.interpolate`arn:aws:kms:us-east-1:111122223333:key/${ordersKey.keyId}`,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

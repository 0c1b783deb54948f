// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.two.principals.api in keywright.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
    name: "demo-two-api",
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

// stacks.two.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.two.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "two",
  {
    name: "alias/two",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.two.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-two",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/one" },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

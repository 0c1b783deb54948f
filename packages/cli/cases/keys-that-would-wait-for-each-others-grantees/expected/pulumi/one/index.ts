// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.one.principals.api in keywright.yaml
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

// stacks.one.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:role/demo-two-api" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.one.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "one",
  {
    name: "alias/one",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.one.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-one",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:444455556666:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/two" },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

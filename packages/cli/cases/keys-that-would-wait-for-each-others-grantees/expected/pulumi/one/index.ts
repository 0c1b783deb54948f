// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
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

// keywright.yaml:11
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

// keywright.yaml:11
new aws.kms.Alias(
  "one",
  {
    name: "alias/one",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// keywright.yaml:15
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

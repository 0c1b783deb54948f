// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.consumer.principals.admin in keywright.yaml
new aws.iam.Role(
  "admin",
  {
    name: "demo-consumer-admin",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: usEast1, ignoreChanges: ["path"] },
);

// stacks.consumer.principals.mover in keywright.yaml
const moverRole = new aws.iam.Role(
  "mover",
  {
    name: "demo-consumer-mover",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: usEast1, ignoreChanges: ["path"] },
);

// stacks.consumer.principals.reader in keywright.yaml
const readerRole = new aws.iam.Role(
  "reader",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "glue.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: usEast1, ignoreChanges: ["path"] },
);

// stacks.consumer.keys.own in keywright.yaml
const ownKey = new aws.kms.Key(
  "own",
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
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.consumer.principals.mover in keywright.yaml
new aws.iam.RolePolicy(
  "mover",
  {
    name: "keywright-demo-consumer",
    role: moverRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:UpdateA*",
          Resource: ownKey.arn,
        },
      ],
    }),
  },
  { provider: usEast1 },
);

// stacks.consumer.principals.reader in keywright.yaml
new aws.iam.RolePolicy(
  "reader",
  {
    name: "keywright-demo-consumer",
    role: readerRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/orders",
            },
          },
        },
      ],
    }),
  },
  { provider: usEast1 },
);

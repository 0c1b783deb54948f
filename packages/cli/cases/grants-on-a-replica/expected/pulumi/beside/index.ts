// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.beside.principals.api in keywright.yaml
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
  { provider: usEast1, ignoreChanges: ["path"] },
);

// stacks.beside.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-beside",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:us-east-1:111122223333:key/*",
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

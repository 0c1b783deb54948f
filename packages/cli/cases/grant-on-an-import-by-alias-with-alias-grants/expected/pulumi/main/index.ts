// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.principals.api in keywright.yaml
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

// stacks.main.principals.batch in keywright.yaml
new aws.iam.User("batch", {}, { provider: euWest1, ignoreChanges: ["path"] });

// stacks.main.principals.auditors in keywright.yaml
new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-main",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/aws/s3",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.outputs.name in keywright.yaml
export const name = "alias/aws/s3";

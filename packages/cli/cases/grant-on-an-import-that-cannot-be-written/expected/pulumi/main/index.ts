// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// keywright.yaml:10
new aws.iam.Role(
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
new aws.iam.User("batch", {}, { provider: euWest1, ignoreChanges: ["path"] });

// keywright.yaml:12
new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

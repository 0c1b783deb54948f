// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

// stacks.app.principals.api in keywright.yaml
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
  { ignoreChanges: ["path"] },
);

// stacks.app.principals.api.arn in keywright.yaml; other stacks use it
export const principalsApiArn = apiRole.arn;

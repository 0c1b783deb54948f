// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const cnNorth1 = new aws.Provider("cn-north-1", {
  region: "cn-north-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.there.principals.batch in keywright.yaml
new aws.iam.Role(
  "batch",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: ["ec2.amazonaws.com.cn", "lambda.amazonaws.com"],
          },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: cnNorth1, ignoreChanges: ["path"] },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const usIsoEast1 = new aws.Provider("us-iso-east-1", {
  region: "us-iso-east-1",
  allowedAccountIds: ["777788889999"],
});

// stacks.secret.principals.batch in keywright.yaml
new aws.iam.Role(
  "batch",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ec2.c2s.ic.gov" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: usIsoEast1, ignoreChanges: ["path"] },
);

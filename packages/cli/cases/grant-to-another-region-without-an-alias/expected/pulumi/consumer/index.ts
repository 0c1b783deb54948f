// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.consumer.principals.reader in keywright.yaml
new aws.iam.Role(
  "reader",
  {
    name: "demo-consumer-reader",
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

// stacks.consumer.principals.batch in keywright.yaml
new aws.iam.User(
  "batch",
  {
    name: "demo-consumer-batch",
  },
  { provider: usEast1, ignoreChanges: ["path"] },
);

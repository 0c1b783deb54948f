// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.warehouse-us.principals.loader in teams/warehouse.yaml
const loaderRole = new aws.iam.Role(
  "loader",
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

// stacks.warehouse-us.principals.loader in teams/warehouse.yaml
new aws.iam.RolePolicy(
  "loader",
  {
    name: "keywright-payments-warehouse-us",
    role: loaderRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource:
            "arn:aws:kms:us-east-1:444455556666:key/mrk-55555555555545558555666666666666",
        },
      ],
    }),
  },
  { provider: usEast1 },
);

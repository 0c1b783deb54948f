// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

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

// stacks.app.principals.api in keywright.yaml
new aws.iam.RolePolicy("api", {
  name: `keywright-demo-app-${environment}`,
  role: apiRole.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource:
          "arn:aws:kms:eu-west-1:111122223333:key/10234567-12ab-34cd-56ef-1234567890ab",
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource:
          "arn:aws:kms:eu-west-1:111122223333:key/19234567-12ab-34cd-56ef-1234567890ab",
      },
    ],
  }),
});

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const sharedArn = config.require("sharedArn");
const readerPolicyStatement2Resource = config.require(
  "readerPolicyStatement2Resource",
);

// stacks.api.principals.reader in keywright.yaml
const readerRole = new aws.iam.Role(
  "reader",
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

// stacks.api.principals.reader in keywright.yaml
new aws.iam.RolePolicy("reader", {
  name: `keywright-demo-api-${environment}`,
  role: readerRole.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: sharedArn,
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: readerPolicyStatement2Resource,
      },
    ],
  }),
});

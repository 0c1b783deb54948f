// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const apiPolicyStatement1Resource = config.require(
  "apiPolicyStatement1Resource",
);
const apiPolicyStatement2Resource = config.require(
  "apiPolicyStatement2Resource",
);

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
        Resource: apiPolicyStatement1Resource,
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: apiPolicyStatement2Resource,
      },
    ],
  }),
});

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const partition = aws.getPartitionOutput();

// stacks.app.principals.api in keywright.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
    name: `demo-app-${environment}-api`,
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
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:111122223333:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/root" },
        },
      },
    ],
  }),
});

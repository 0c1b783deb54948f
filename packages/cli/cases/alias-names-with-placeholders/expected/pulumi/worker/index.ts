// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const partition = aws.getPartitionOutput();

// stacks.worker.principals.far in keywright.yaml
const farRole = new aws.iam.Role(
  "far",
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

// stacks.worker.principals.far in keywright.yaml
new aws.iam.RolePolicy("far", {
  name: `keywright-demo-worker-${environment}`,
  role: farRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:111122223333:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": {
            "kms:ResourceAliases": ["alias/demo/prod/orders", "alias/payments"],
          },
        },
      },
    ],
  }),
});

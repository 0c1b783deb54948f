// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.app.principals.auto in keywright.yaml
const autoRole = new aws.iam.Role(
  "auto",
  {
    name: `demo-app-${environment}-auto`,
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

// stacks.app.keys.root in keywright.yaml
const rootKey = new aws.kms.Key(
  "root",
  {
    enableKeyRotation: false,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::444455556666:root`,
          },
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource: "*",
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.app.keys.root.aliases in keywright.yaml
new aws.kms.Alias("root", {
  name: "alias/root",
  targetKeyId: rootKey.keyId,
});

// stacks.app.principals.auto in keywright.yaml
new aws.iam.RolePolicy("auto", {
  name: `keywright-demo-app-${environment}`,
  role: autoRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: rootKey.arn,
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:444455556666:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/root" },
        },
      },
    ],
  }),
});

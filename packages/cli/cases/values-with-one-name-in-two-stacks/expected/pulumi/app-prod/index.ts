// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

const storeStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/demo-store/${pulumi.getStack()}`,
);

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
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:us-east-1:${callerIdentity.accountId}:key/${storeStack.requireOutput("keysStoreId")}`,
        Condition: { StringEquals: { "kms:EncryptionContext:env": "prod-us" } },
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource:
          "arn:aws:kms:eu-west-1:444455556666:key/40234567-12ab-34cd-56ef-1234567890ab",
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource:
          "arn:aws:kms:eu-west-1:444455556666:key/49234567-12ab-34cd-56ef-1234567890ab",
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:us-east-1:111122223333:key/*`,
        Condition: {
          StringEquals: { "kms:EncryptionContext:env": "dev-us" },
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/store" },
        },
      },
    ],
  }),
});

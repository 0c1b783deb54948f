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

// stacks.app.principals.auditor in keywright.yaml
const auditorUser = new aws.iam.User(
  "auditor",
  {
    name: `demo-app-${environment}-auditor`,
  },
  { ignoreChanges: ["path"] },
);

// stacks.app.keys.shared in keywright.yaml
const sharedKey = new aws.kms.Key(
  "shared",
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
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.app.keys.shared.aliases in keywright.yaml
new aws.kms.Alias("shared", {
  name: "alias/shared",
  targetKeyId: sharedKey.keyId,
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
        Resource: sharedKey.arn,
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource:
          "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:us-east-1:111122223333:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/shared" },
        },
      },
      {
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
        ],
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:444455556666:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/lake" },
        },
      },
    ],
  }),
});

// stacks.app.principals.auditor in keywright.yaml, through standard audited
new aws.iam.UserPolicy("auditor", {
  name: `keywright-demo-app-${environment}`,
  user: auditorUser.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
        ],
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:eu-west-1:444455556666:key/*`,
        Condition: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/lake" },
        },
      },
    ],
  }),
});

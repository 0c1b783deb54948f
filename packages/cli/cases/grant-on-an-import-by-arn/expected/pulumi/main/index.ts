// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.principals.api in keywright.yaml
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
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.batch in keywright.yaml
const batchUser = new aws.iam.User(
  "batch",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.auditors in keywright.yaml
const auditorsGroup = new aws.iam.Group(
  "auditors",
  {},
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.api in keywright.yaml
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-main",
    role: apiRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
          ],
          Resource:
            "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.principals.batch in keywright.yaml
new aws.iam.UserPolicy(
  "batch",
  {
    name: "keywright-demo-main",
    user: batchUser.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource:
            "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          Condition: { StringEquals: { "kms:EncryptionContext:tenant": "a" } },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.main.principals.auditors in keywright.yaml
new aws.iam.GroupPolicy(
  "auditors",
  {
    name: "keywright-demo-main",
    group: auditorsGroup.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:DescribeKey",
          Resource:
            "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const keysStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/seed-tour-keys/${pulumi.getStack()}`,
);

// stacks.uses.principals.reader in keywright.yaml
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
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.uses.imports.byArn.aliases in keywright.yaml
new aws.kms.Alias(
  "imported",
  {
    name: "alias/imported",
    targetKeyId:
      "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
  },
  { provider: euWest1 },
);

// stacks.uses.principals.reader in keywright.yaml
new aws.iam.RolePolicy(
  "reader",
  {
    name: "keywright-seed-tour-uses-fcf783b2",
    role: readerRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: keysStack.requireOutput("keysGrantedArn"),
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource:
            "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
        },
        {
          Effect: "Allow",
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
          ],
          Resource:
            "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.uses.outputs.trailKey in keywright.yaml
export const trailKey = "alias/aws/s3";

// stacks.uses.outputs.lookedUpKey in keywright.yaml
export const lookedUpKey =
  "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666";

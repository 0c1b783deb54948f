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

// keywright.yaml:103
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

// keywright.yaml:110
new aws.kms.Alias(
  "imported",
  {
    name: "alias/imported",
    targetKeyId:
      "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
  },
  { provider: euWest1 },
);

// keywright.yaml:106
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

// keywright.yaml:117
export const trailKey = "alias/aws/s3";

// keywright.yaml:118
export const lookedUpKey =
  "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666";

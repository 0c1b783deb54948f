// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const platformStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/payments-platform/${pulumi.getStack()}`,
);

// stacks.settlement.principals.settlementJob in teams/checkout.yaml
const settlementJobRole = new aws.iam.Role(
  "settlementJob",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "batch.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.settlement.principals.settlementJob in teams/checkout.yaml
new aws.iam.RolePolicy(
  "settlementJob",
  {
    name: "keywright-payments-settlement",
    role: settlementJobRole.name,
    policy: pulumi.jsonStringify({
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
          Resource: platformStack.requireOutput("keysRootArn"),
        },
        {
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource:
            "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const ownerStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/demo-owner/${pulumi.getStack()}`,
);

// stacks.consumer.principals.reader in keywright.yaml
const readerRole = new aws.iam.Role(
  "reader",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "glue.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.consumer.principals.reader in keywright.yaml
new aws.iam.RolePolicy(
  "reader",
  {
    name: "keywright-demo-consumer",
    role: readerRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: ownerStack.requireOutput("keysInvoicesArn"),
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: ownerStack.requireOutput("keysOrdersArn"),
        },
      ],
    }),
  },
  { provider: euWest1 },
);

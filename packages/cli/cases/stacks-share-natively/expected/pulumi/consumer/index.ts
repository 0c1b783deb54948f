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

// keywright.yaml:9
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

// keywright.yaml:10
new aws.iam.RolePolicy(
  "api",
  {
    name: "keywright-demo-consumer",
    role: apiRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
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

// keywright.yaml:11
export const id = ownerStack.requireOutput("keysOrdersId");

// keywright.yaml:11
export const alias = "alias/orders";

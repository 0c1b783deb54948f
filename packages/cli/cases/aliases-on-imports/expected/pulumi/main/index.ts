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

// stacks.main.imports.byArn.aliases in keywright.yaml
const legacyAlias = new aws.kms.Alias(
  "legacy",
  {
    name: "alias/legacy",
    targetKeyId:
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  { provider: euWest1 },
);

// stacks.main.imports.byKey.aliases in keywright.yaml
new aws.kms.Alias(
  "second",
  {
    name: "alias/second",
    targetKeyId: ownerStack.requireOutput("keysOrdersArn"),
  },
  { provider: euWest1 },
);

// stacks.main.outputs.legacy in keywright.yaml
export const legacy = legacyAlias.name;

// stacks.main.outputs.id in keywright.yaml
export const id = "1234abcd-12ab-34cd-56ef-1234567890ab";

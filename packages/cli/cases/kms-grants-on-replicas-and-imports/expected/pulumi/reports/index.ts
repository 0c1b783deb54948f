// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const platformStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/demo-platform/${pulumi.getStack()}`,
);

// stacks.reports.imports.shared.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "shared-build",
  {
    name: "build",
    keyId: platformStack.requireOutput("keysOrdersArn"),
    granteePrincipal: "arn:aws:iam::111122223333:user/ci",
    operations: ["DescribeKey"],
    retireOnDelete: true,
  },
  { provider: euWest1 },
);

// stacks.reports.imports.legacy.kmsGrants.build in keywright.yaml
new aws.kms.Grant(
  "legacy-build",
  {
    name: "build",
    keyId:
      "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    granteePrincipal: "arn:aws:iam::111122223333:user/ci",
    operations: ["Sign", "GetPublicKey"],
  },
  { provider: euWest1 },
);

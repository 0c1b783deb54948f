// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.looker.imports.looked.aliases in keywright.yaml
new aws.kms.Alias(
  "values-team/looked",
  {
    name: "alias/payments/looked",
    targetKeyId:
      "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab",
  },
  { provider: euWest1 },
);

// stacks.looker.outputs.looked in keywright.yaml
export const looked =
  "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab";

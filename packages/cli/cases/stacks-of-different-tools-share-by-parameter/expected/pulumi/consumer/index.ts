// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.owner.keys.orders.arn
const ownerKeysOrdersArn = aws.ssm.getParameterOutput(
  { name: "/keywright/demo/owner/keys.orders.arn" },
  { provider: euWest1 },
);

// stacks.consumer.outputs.arn in keywright.yaml
export const arn = ownerKeysOrdersArn.insecureValue;

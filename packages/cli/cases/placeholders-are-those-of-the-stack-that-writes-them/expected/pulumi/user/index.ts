// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.user, for admin, in keywright.yaml
new aws.iam.RolePolicy(
  "admin",
  {
    name: "keywright-cases-user",
    role: "Admin",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "444455556666",
              "kms:ViaService": "s3.eu-west-1.amazonaws.com",
            },
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/orders",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

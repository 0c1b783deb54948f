// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.anywhere.keys.payments in keywright.yaml
const paymentsKey = new aws.kms.Key(
  "payments",
  {
    enableKeyRotation: false,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:ViaService": pulumi.interpolate`rds.${region.region}.amazonaws.com`,
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            "ForAnyValue:StringLike": {
              "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*/ou-ab12-11111111/*",
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.anywhere, for Payments, in keywright.yaml
new aws.iam.RolePolicy("Payments", {
  name: pulumi.interpolate`keywright-demo-anywhere.${region.region}`,
  role: "Payments",
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: paymentsKey.arn,
      },
    ],
  }),
});

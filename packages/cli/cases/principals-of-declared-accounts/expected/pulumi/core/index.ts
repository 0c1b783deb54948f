// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();

// stacks.core.keys.orders in keywright.yaml
new aws.kms.Key(
  "orders",
  {
    description: "Audited by 999988887777",
    enableKeyRotation: false,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:aws:iam::${callerIdentity.accountId}:root`,
          },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:aws:iam::111122223333:role/Deploy-data-${region.region}`,
          },
          Action: [
            "kms:Create*",
            "kms:Describe*",
            "kms:Enable*",
            "kms:List*",
            "kms:Put*",
            "kms:Update*",
            "kms:Revoke*",
            "kms:Disable*",
            "kms:Get*",
            "kms:Delete*",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:ScheduleKeyDeletion",
            "kms:CancelKeyDeletion",
            "kms:RotateKeyOnDemand",
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              "arn:aws:iam::999988887777:role/security/Auditor",
              "arn:aws:iam::999988887777:user/bob",
              "arn:aws:iam::999988887777:root",
            ],
          },
          Action: "kms:Decrypt",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: {
            AWS: pulumi.interpolate`arn:aws:iam::${callerIdentity.accountId}:root`,
          },
          Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:PrincipalArn": pulumi.interpolate`arn:aws:iam::${callerIdentity.accountId}:role/*`,
            },
          },
        },
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

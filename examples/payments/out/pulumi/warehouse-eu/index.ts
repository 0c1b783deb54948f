// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.warehouse-eu.principals.loader in teams/warehouse.yaml
const loaderRole = new aws.iam.Role(
  "loader",
  {
    name: "payments-warehouse-eu-loader",
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

// stacks.warehouse-eu.keys.lake in teams/warehouse.yaml, through standard house
const lakeKey = new aws.kms.Key(
  "lake",
  {
    description: "Encrypts the data lake",
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "OnlyTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      ],
    }),
    tags: {
      owner: "platform",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.warehouse-eu.keys.lake.aliases in teams/warehouse.yaml
new aws.kms.Alias(
  "lake",
  {
    name: "alias/lake",
    targetKeyId: lakeKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.warehouse-eu, for keyAdmins, in keywright.yaml, through standard house
new aws.iam.RolePolicy(
  "keyAdmins",
  {
    name: "keywright-payments-warehouse-eu",
    role: "KeyAdmin",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
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
          Resource: lakeKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.warehouse-eu.principals.loader in teams/warehouse.yaml
new aws.iam.RolePolicy(
  "loader",
  {
    name: "keywright-payments-warehouse-eu",
    role: loaderRole.name,
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
          Resource: lakeKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:111122223333:key/*",
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": ["alias/orders", "alias/payments/orders"],
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["210000000003"],
});

// stacks.dns.keys.signing in keywright.yaml, through standard guarded
const signingKey = new aws.kms.Key(
  "signing",
  {
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
    deletionWindowInDays: 30,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210000000003:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "DenyOutsideTheOrganization",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-lz12345678" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": "210000000003" },
            ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210000000003:role/BreakGlass" },
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
          ],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
          Action: [
            "kms:DescribeKey",
            "kms:GetPublicKey",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
          ],
          Resource: "*",
        },
      ],
    }),
    tags: {
      environment: "network-us-east-1",
      owner: "platform",
      purpose: "production",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.dns.keys.signing.aliases in keywright.yaml
new aws.kms.Alias(
  "lz/dns",
  {
    name: "alias/lz/dns",
    targetKeyId: signingKey.keyId,
  },
  { provider: usEast1 },
);

// stacks.dns, for keyAdmins, in keywright.yaml, through standard guarded
new aws.iam.RolePolicy(
  "keyAdmins",
  {
    name: "keywright-landingzone-dns",
    role: "KeyAdministrators",
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
          ],
          Resource: signingKey.arn,
        },
      ],
    }),
  },
  { provider: usEast1 },
);

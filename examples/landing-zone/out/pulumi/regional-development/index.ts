// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const environment = pulumi.getStack();
const purpose = config.require("purpose");

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.regional.keys.backup in keywright.yaml, through key set regional and standard data
const backupKey = new aws.kms.Key("backup", {
  description: "Encrypts backups",
  enableKeyRotation: true,
  rotationPeriodInDays: 180,
  deletionWindowInDays: 7,
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
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
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
        Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
        Action: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
        ],
        Resource: "*",
      },
    ],
  }),
  tags: {
    environment,
    owner: "platform",
    purpose,
  },
});

// stacks.regional.keys.backup.aliases in keywright.yaml, through key set regional
new aws.kms.Alias("lz/backup", {
  name: "alias/lz/backup",
  targetKeyId: backupKey.keyId,
});

// stacks.regional.keys.ebs in keywright.yaml, through key set regional and standard data
const ebsKey = new aws.kms.Key("ebs", {
  description: "Encrypts volumes and snapshots",
  enableKeyRotation: true,
  rotationPeriodInDays: 180,
  deletionWindowInDays: 7,
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
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
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
        Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
        Action: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::210000000004:root`,
        },
        Action: ["kms:DescribeKey", "kms:Decrypt"],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`ec2.${region.region}.amazonaws.com`,
          },
        },
      },
      {
        Effect: "Allow",
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::210000000004:root`,
        },
        Action: "kms:CreateGrant",
        Resource: "*",
        Condition: {
          Bool: { "kms:GrantIsForAWSResource": "true" },
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`ec2.${region.region}.amazonaws.com`,
          },
        },
      },
    ],
  }),
  tags: {
    environment,
    owner: "platform",
    purpose,
  },
});

// stacks.regional.keys.ebs.aliases in keywright.yaml, through key set regional
new aws.kms.Alias("lz/ebs", {
  name: "alias/lz/ebs",
  targetKeyId: ebsKey.keyId,
});

// stacks.regional.keys.logs in keywright.yaml, through key set regional and standard data
const logsKey = new aws.kms.Key("logs", {
  description: "Encrypts log groups",
  enableKeyRotation: true,
  rotationPeriodInDays: 180,
  deletionWindowInDays: 7,
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
        Principal: {
          Service: pulumi.interpolate`logs.${region.region}.${partition.dnsSuffix}`,
        },
        Action: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:Describe*",
        ],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition.partition}:logs:${region.region}:${callerIdentity.accountId}:log-group:*`,
          },
        },
      },
      {
        Effect: "Allow",
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
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
        Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
        Action: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
        ],
        Resource: "*",
      },
    ],
  }),
  tags: {
    environment,
    owner: "platform",
    purpose,
  },
});

// stacks.regional.keys.logs.aliases in keywright.yaml, through key set regional
new aws.kms.Alias("lz/logs", {
  name: "alias/lz/logs",
  targetKeyId: logsKey.keyId,
});

// stacks.regional.keys.s3 in keywright.yaml, through key set regional and standard data
const s3Key = new aws.kms.Key("s3", {
  description: "Encrypts buckets",
  enableKeyRotation: true,
  rotationPeriodInDays: 180,
  deletionWindowInDays: 7,
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
        Principal: {
          AWS: pulumi.interpolate`arn:${partition.partition}:iam::${callerIdentity.accountId}:role/BreakGlass`,
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
        Principal: { AWS: "arn:aws:iam::210000000002:role/Auditor" },
        Action: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`s3.${region.region}.amazonaws.com`,
            "aws:PrincipalOrgID": "o-lz12345678",
          },
        },
      },
    ],
  }),
  tags: {
    environment,
    owner: "platform",
    purpose,
  },
});

// stacks.regional.keys.s3.aliases in keywright.yaml, through key set regional
new aws.kms.Alias("lz/s3", {
  name: "alias/lz/s3",
  targetKeyId: s3Key.keyId,
});

// stacks.regional, for keyAdmins, in keywright.yaml, through standard guarded
new aws.iam.RolePolicy("keyAdmins", {
  name: `keywright-landingzone-regional-${environment}`,
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
          "kms:RotateKeyOnDemand",
        ],
        Resource: [backupKey.arn, ebsKey.arn, logsKey.arn, s3Key.arn],
      },
    ],
  }),
});

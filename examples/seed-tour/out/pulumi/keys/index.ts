// Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.keys.principals.app in keywright.yaml
const appRole = new aws.iam.Role(
  "app",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.keys.keys.administered in keywright.yaml
const administeredKey = new aws.kms.Key(
  "administered",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.agreement in keywright.yaml
const agreementKey = new aws.kms.Key(
  "agreement",
  {
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "KEY_AGREEMENT",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.disabled in keywright.yaml
new aws.kms.Key(
  "disabled",
  {
    isEnabled: false,
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.everyHalfYear in keywright.yaml
new aws.kms.Key(
  "everyHalfYear",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.forServices in keywright.yaml
new aws.kms.Key(
  "forServices",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
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
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:eu-west-1:111122223333:log-group:*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*",
            },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn":
                "arn:aws:cloudtrail:*:111122223333:trail/*",
            },
          },
        },
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: {
            ArnLike: {
              "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.granted in keywright.yaml
const grantedKey = new aws.kms.Key(
  "granted",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.granted.aliases in keywright.yaml
new aws.kms.Alias(
  "granted",
  {
    name: "alias/granted",
    targetKeyId: grantedKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.keys.keys.hmac in keywright.yaml
const hmacKey = new aws.kms.Key(
  "hmac",
  {
    customerMasterKeySpec: "HMAC_512",
    keyUsage: "GENERATE_VERIFY_MAC",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.multiRegion in keywright.yaml
const multiRegionKey = new aws.kms.Key(
  "multiRegion",
  {
    enableKeyRotation: false,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.multiRegion.replicas in keywright.yaml
const multiRegionKeyProdUs = new aws.kms.ReplicaKey(
  "multiRegion-prod-us",
  {
    primaryKeyArn: multiRegionKey.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.multiRegion.aliases in keywright.yaml
new aws.kms.Alias(
  "multi-prod-us",
  {
    name: "alias/multi",
    targetKeyId: multiRegionKeyProdUs.keyId,
  },
  { provider: usEast1 },
);

// stacks.keys.keys.named in keywright.yaml
const namedKey = new aws.kms.Key(
  "named",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.named.aliases in keywright.yaml
new aws.kms.Alias(
  "foo",
  {
    name: "alias/foo",
    targetKeyId: namedKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.keys.keys.named.aliases in keywright.yaml
new aws.kms.Alias(
  "bar",
  {
    name: "alias/bar",
    targetKeyId: namedKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.keys.keys.ownPolicy in keywright.yaml
new aws.kms.Key(
  "ownPolicy",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Owners",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "NobodyDeletes",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "kms:ScheduleKeyDeletion",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
          },
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.postQuantum in keywright.yaml
new aws.kms.Key(
  "postQuantum",
  {
    customerMasterKeySpec: "ML_DSA_65",
    keyUsage: "SIGN_VERIFY",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.rotated in keywright.yaml
new aws.kms.Key(
  "rotated",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.secp256k1 in keywright.yaml
new aws.kms.Key(
  "secp256k1",
  {
    customerMasterKeySpec: "ECC_SECG_P256K1",
    keyUsage: "SIGN_VERIFY",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.signing in keywright.yaml
const signingKey = new aws.kms.Key(
  "signing",
  {
    customerMasterKeySpec: "RSA_2048",
    keyUsage: "SIGN_VERIFY",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys.keys.waitsTenDays in keywright.yaml
new aws.kms.Key(
  "waitsTenDays",
  {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    deletionWindowInDays: 10,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.keys.keys.withStatement in keywright.yaml
new aws.kms.Key(
  "withStatement",
  {
    enableKeyRotation: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "Auditors",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: ["kms:Describe*", "kms:List*"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.keys, for adminUser, in keywright.yaml
new aws.iam.UserPolicy(
  "adminUser",
  {
    name: "keywright-seed-tour-keys-9ec52095",
    user: "admin",
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
          Resource: administeredKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Verify",
          Resource: signingKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.keys, for admin, in keywright.yaml
new aws.iam.RolePolicy(
  "admin",
  {
    name: "keywright-seed-tour-keys-9ec52095",
    role: "TrustedAdmin",
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
          Resource: administeredKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: grantedKey.arn,
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
          },
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.keys.principals.app in keywright.yaml
new aws.iam.RolePolicy(
  "app",
  {
    name: "keywright-seed-tour-keys-9ec52095",
    role: appRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:DeriveSharedSecret",
          Resource: agreementKey.arn,
        },
        {
          Effect: "Allow",
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
            "kms:ListGrants",
          ],
          Resource: grantedKey.arn,
        },
        {
          Effect: "Allow",
          Action: ["kms:GenerateMac", "kms:VerifyMac"],
          Resource: hmacKey.arn,
        },
        {
          Effect: "Allow",
          Action: "kms:Sign",
          Resource: signingKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.keys.keys.granted.arn in keywright.yaml; other stacks use it
export const keysGrantedArn = grantedKey.arn;

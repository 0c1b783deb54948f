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

const platformStack = new pulumi.StackReference(
  `${pulumi.getOrganization()}/payments-platform/${pulumi.getStack()}`,
);

// stacks.data-lake.keys.lake.arn
const dataLakeKeysLakeArn = aws.ssm.getParameterOutput(
  { name: "/keywright/payments/data-lake/keys.lake.arn" },
  { provider: euWest1 },
);

// stacks.security.principals.ordersApi in keywright.yaml
const ordersApiRole = new aws.iam.Role(
  "ordersApi",
  {
    description: "Serves orders",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
    tags: {
      owner: "platform",
    },
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.security.principals.batch in keywright.yaml
const batchUser = new aws.iam.User(
  "batch",
  {
    tags: {
      owner: "platform",
    },
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.security.principals.auditors in keywright.yaml
const auditorsGroup = new aws.iam.Group(
  "auditors",
  {
    name: "Auditors",
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.security.keys.orders in keywright.yaml, through standard pii
const ordersKey = new aws.kms.Key(
  "orders",
  {
    description: "Encrypts order records",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    deletionWindowInDays: 10,
    multiRegion: true,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { AWS: [ordersApiRole.arn, batchUser.arn] },
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
            "kms:DescribeKey",
          ],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:ViaService": "s3.eu-west-1.amazonaws.com",
              "kms:EncryptionContext:größe": [
                "${aws_kms_key.orders.arn} %{ if true }x%{ endif }",
                "$${ %%{ $$${ $%{ %${ $",
                "${ordersKey.arn} `${process.exit(1)}`",
                "$${ $`$ \\${ $",
                "quote \" ' backslash \\ newline \n return \r tab \t end",
                "*/ /* // # EOT <<EOT <!-- --> </script>",
                "line\u2028paragraph\u2029separator",
                "right-to-left \u202egnirts\u202c \u200f",
                "emoji 👩\u200d👩\u200d👧 \u{1f1e9}\u{1f1ea}",
                "yes no 0123 1e3 : - # ~",
                " leading and trailing ",
              ],
            },
            Bool: { "kms:GrantIsForAWSResource": "true" },
          },
        },
      ],
    }),
    tags: {
      classification: "pii",
      "${aws_kms_key.orders.arn} %{ if true }x%{ endif } 0":
        "${aws_kms_key.orders.arn} %{ if true }x%{ endif }",
      "$${ %%{ $$${ $%{ %${ $ 1": "$${ %%{ $$${ $%{ %${ $",
      "${ordersKey.arn} `${process.exit(1)}` 2":
        "${ordersKey.arn} `${process.exit(1)}`",
      "$${ $`$ \\${ $ 3": "$${ $`$ \\${ $",
      "quote \" ' backslash \\ newline \n return \r tab \t end 4":
        "quote \" ' backslash \\ newline \n return \r tab \t end",
      "*/ /* // # EOT <<EOT <!-- --> </script> 5":
        "*/ /* // # EOT <<EOT <!-- --> </script>",
      "line\u2028paragraph\u2029separator 6":
        "line\u2028paragraph\u2029separator",
      "right-to-left \u202egnirts\u202c \u200f 7":
        "right-to-left \u202egnirts\u202c \u200f",
      "emoji 👩\u200d👩\u200d👧 \u{1f1e9}\u{1f1ea} 8":
        "emoji 👩\u200d👩\u200d👧 \u{1f1e9}\u{1f1ea}",
      "yes no 0123 1e3 : - # ~ 9": "yes no 0123 1e3 : - # ~",
      " leading and trailing  10": " leading and trailing ",
    },
  },
  {
    provider: euWest1,
    protect: true,
    retainOnDelete: true,
    dependsOn: [auditorsGroup],
  },
);

// stacks.security.keys.orders.aliases in keywright.yaml
const paymentsOrdersAlias = new aws.kms.Alias(
  "payments/orders",
  {
    name: "alias/payments/orders",
    targetKeyId: ordersKey.keyId,
  },
  { provider: euWest1 },
);

// stacks.security.keys.macKey in keywright.yaml
new aws.kms.Key(
  "macKey",
  {
    customerMasterKeySpec: "HMAC_256",
    keyUsage: "GENERATE_VERIFY_MAC",
    isEnabled: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
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

// stacks.security.keys.code-signing in keywright.yaml
new aws.kms.Key(
  "signing",
  {
    customerMasterKeySpec: "RSA_4096",
    keyUsage: "SIGN_VERIFY",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
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

// stacks.security.keys.imported in keywright.yaml
const importedKey = new aws.kms.ExternalKey(
  "imported",
  {
    enabled: false,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
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

// stacks.security.keys.imported.aliases in keywright.yaml
new aws.kms.Alias(
  "imported",
  {
    name: "alias/imported",
    targetKeyId: importedKey.id,
  },
  { provider: euWest1 },
);

// stacks.security.keys.vault in keywright.yaml
new aws.kms.Key(
  "vault",
  {
    customKeyStoreId: "cks-1234567890abcdef0",
    xksKeyId: "abc",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
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

// stacks.security.keys.orders.replicas in keywright.yaml
const ordersKeyProdUs = new aws.kms.ReplicaKey(
  "orders-prod-us",
  {
    primaryKeyArn: ordersKey.arn,
    enabled: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
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

// stacks.security.keys.orders.aliases in keywright.yaml
new aws.kms.Alias(
  "payments/orders-prod-us",
  {
    name: "alias/payments/orders",
    targetKeyId: ordersKeyProdUs.keyId,
  },
  { provider: usEast1 },
);

// stacks.security.imports.byArn.aliases in keywright.yaml
new aws.kms.Alias(
  "legacy",
  {
    name: "alias/legacy",
    targetKeyId:
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  { provider: euWest1 },
);

// stacks.security.principals.ordersApi in keywright.yaml
new aws.iam.RolePolicy(
  "ordersApi",
  {
    name: "keywright-payments-security",
    role: ordersApiRole.name,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: [
            ordersKey.arn,
            platformStack.requireOutput("keysRootArn"),
            dataLakeKeysLakeArn.insecureValue,
          ],
        },
      ],
    }),
  },
  { provider: euWest1, dependsOn: [paymentsOrdersAlias] },
);

// stacks.security, for ci, in keywright.yaml
new aws.iam.UserPolicy(
  "ci",
  {
    name: "keywright-payments-security",
    user: "ci",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:*",
          Resource: ordersKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.security.keys.orders.kmsGrants.workers in keywright.yaml
new aws.kms.Grant(
  "orders-workers",
  {
    name: "workers",
    keyId: ordersKey.keyId,
    granteePrincipal: ordersApiRole.arn,
    retiringPrincipal: "arn:aws:iam::111122223333:role/KeyAdmin",
    operations: ["Decrypt", "GenerateDataKey"],
    constraints: [
      {
        encryptionContextSubset: {
          "tenant id": "${aws_kms_key.orders.arn} %{ if true }x%{ endif }",
        },
      },
    ],
  },
  { provider: euWest1 },
);

// stacks.security.keys.orders.arn in keywright.yaml
new aws.ssm.Parameter(
  "keys.orders.arn",
  {
    name: "/keywright/payments/security/keys.orders.arn",
    type: aws.ssm.ParameterType.String,
    value: ordersKey.arn,
    tags: {
      owner: "platform",
    },
  },
  { provider: euWest1 },
);

// stacks.security.outputs.ordersKeyArn in keywright.yaml
export const ordersKeyArn = ordersKey.arn;

// stacks.security.outputs.trailKey in keywright.yaml
export const trailKey = "alias/aws/s3";

// stacks.security.keys.orders.arn in keywright.yaml; other stacks use it
export const keysOrdersArn = ordersKey.arn;

// Made by Keywright from keywright.yaml; do not edit by hand.

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

// stacks.single.keys.audit in keywright.yaml, through standard named
const auditKey = new aws.kms.Key(
  "audit",
  {
    description: "audit of single in prod",
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
    tags: {
      key: "demo/audit",
    },
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.single.keys.audit.replicas in keywright.yaml
new aws.kms.ReplicaKey(
  "audit-prod-us",
  {
    primaryKeyArn: auditKey.arn,
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
    tags: {
      at: "single/audit/prod-us",
    },
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.single, for keeper-audit, in keywright.yaml, through standard named
new aws.iam.RolePolicy(
  "keeper-audit",
  {
    name: "keywright-demo-single",
    role: "keeper-of-audit",
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
            "kms:ReplicateKey",
            "kms:UpdatePrimaryRegion",
          ],
          Resource: auditKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

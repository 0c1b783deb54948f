// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["444455556666"],
});

const usEast1 = new aws.Provider("us-east-1", {
  region: "us-east-1",
  allowedAccountIds: ["444455556666"],
});

// stacks.single.keys.audit in keywright.yaml
const auditKey = new aws.kms.Key(
  "audit",
  {
    enableKeyRotation: false,
    multiRegion: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: euWest1, protect: true, retainOnDelete: true },
);

// stacks.single.keys.audit.replicas in keywright.yaml
const auditKeyProdUs = new aws.kms.ReplicaKey(
  "audit-prod-us",
  {
    primaryKeyArn: auditKey.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  },
  { provider: usEast1, protect: true, retainOnDelete: true },
);

// stacks.single, for app-values-team, in keywright.yaml
new aws.iam.RolePolicy(
  "app-values-team",
  {
    name: "keywright-demo-single",
    role: "app-green",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: auditKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.single, for Batch, in keywright.yaml
new aws.iam.RolePolicy(
  "Batch",
  {
    name: "keywright-demo-single",
    role: "Batch",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: auditKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.single, for fixed---region-, in keywright.yaml
new aws.iam.RolePolicy(
  "fixed---region-",
  {
    name: "keywright-demo-single",
    role: "fixed-eu-west-1",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: auditKey.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// stacks.single, for app-values-team-us-east-1, in keywright.yaml
new aws.iam.RolePolicy(
  "app-values-team-us-east-1",
  {
    name: "keywright-demo-single",
    role: "app-red",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: auditKeyProdUs.arn,
        },
      ],
    }),
  },
  { provider: euWest1 },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.core.keys.audit in keywright.yaml
const auditKey = new aws.kms.Key(
  "audit",
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
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.keys.orders in keywright.yaml
const ordersKey = new aws.kms.Key(
  "orders",
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
      ],
    }),
  },
  { protect: true, retainOnDelete: true },
);

// stacks.core.keys.orders.arn in keywright.yaml
new aws.ssm.Parameter("keys.orders.arn", {
  name: `/keywright/demo/core-${environment}/keys.orders.arn`,
  type: aws.ssm.ParameterType.String,
  value: ordersKey.arn,
});

// stacks.core.keys.audit.arn in keywright.yaml; other stacks use it
export const keysAuditArn = auditKey.arn;

// stacks.core.keys.orders.arn in keywright.yaml; other stacks use it
export const keysOrdersArn = ordersKey.arn;

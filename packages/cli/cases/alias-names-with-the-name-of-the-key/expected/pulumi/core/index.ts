// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const environment = pulumi.getStack();

const callerIdentity = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput();

// stacks.core.keys.invoices in keywright.yaml, through key set standard
const invoicesKey = new aws.kms.Key(
  "invoices",
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

// stacks.core.keys.invoices.aliases in keywright.yaml, through key set standard
new aws.kms.Alias("demo/invoices", {
  name: "alias/demo/invoices",
  targetKeyId: invoicesKey.keyId,
});

// stacks.core.keys.invoices.aliases in keywright.yaml, through key set standard
new aws.kms.Alias("demo/environment/invoices", {
  name: `alias/demo/${environment}/invoices`,
  targetKeyId: invoicesKey.keyId,
});

// stacks.core.keys.orders in keywright.yaml, through key set standard
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

// stacks.core.keys.orders.aliases in keywright.yaml, through key set standard
new aws.kms.Alias("demo/orders", {
  name: "alias/demo/orders",
  targetKeyId: ordersKey.keyId,
});

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const partition = aws.getPartitionOutput();

// stacks.anywhere.principals.pods in keywright.yaml
new aws.iam.Role(
  "pods",
  {
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: pulumi.interpolate`pods.eks.${partition.dnsSuffix}`,
          },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
    }),
  },
  { ignoreChanges: ["path"] },
);

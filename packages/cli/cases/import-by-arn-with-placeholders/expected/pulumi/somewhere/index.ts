// Made by Keywright from keywright.yaml; do not edit by hand.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const callerIdentity = aws.getCallerIdentityOutput();
const region = aws.getRegionOutput();
const partition = aws.getPartitionOutput();

// stacks.somewhere.principals.api in keywright.yaml
const apiRole = new aws.iam.Role(
  "api",
  {
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
  },
  { ignoreChanges: ["path"] },
);

// stacks.somewhere.imports.own.aliases in keywright.yaml
new aws.kms.Alias("own", {
  name: "alias/own",
  targetKeyId: pulumi.interpolate`arn:${partition.partition}:kms:${region.region}:${callerIdentity.accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
});

// stacks.somewhere.principals.api in keywright.yaml
new aws.iam.RolePolicy("api", {
  name: "keywright-cases-somewhere",
  role: apiRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:${partition.partition}:kms:${region.region}:${callerIdentity.accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
        Condition: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`s3.${region.region}.amazonaws.com`,
          },
        },
      },
    ],
  }),
});

// stacks.somewhere.outputs.arn in keywright.yaml
export const arn = pulumi.interpolate`arn:${partition.partition}:kms:${region.region}:${callerIdentity.accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

// stacks.somewhere.outputs.id in keywright.yaml
export const id = "1234abcd-12ab-34cd-56ef-1234567890ab";

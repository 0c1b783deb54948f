// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

const euWest1 = new aws.Provider("eu-west-1", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
});

// stacks.main.principals.pods in keywright.yaml
new aws.iam.Role(
  "pods",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// stacks.main.principals.servers in keywright.yaml
new aws.iam.Role(
  "servers",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "rolesanywhere.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
          Condition: {
            ArnEquals: {
              "aws:SourceArn":
                "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a",
            },
          },
        },
      ],
    }),
  },
  { provider: euWest1, ignoreChanges: ["path"] },
);

// Made by Keywright from keywright.yaml; do not edit by hand.

import * as aws from "@pulumi/aws";

// stacks.app.principals.api in keywright.yaml
const apiUser = new aws.iam.User("api", {}, { ignoreChanges: ["path"] });

// stacks.app.principals.api.arn in keywright.yaml; other stacks use it
export const principalsApiArn = apiUser.arn;

// Made by Keywright from keywright.yaml; do not edit by hand.

// stacks.main.outputs.name in keywright.yaml
export const name = "alias/aws/s3";

// Made by Keywright from keywright.yaml; do not edit by hand.

// keywright.yaml:9
export const name = "alias/aws/s3";

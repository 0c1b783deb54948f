// Made by Keywright from keywright.yaml; do not edit by hand.

// keywright.yaml:10
export const name = "alias/orders";

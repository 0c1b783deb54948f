# Made by Keywright from keywright.yaml; do not edit by hand.

variable "shared_keys_root_arn" {
  type        = string
  description = "keys.root.arn of stack shared"
}

# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "shared_keys_root_arn" {
  type        = string
  description = "keys.root.arn of stack shared"
}

variable "tag_env" {
  type        = string
  description = "Tag env of the environment"
}

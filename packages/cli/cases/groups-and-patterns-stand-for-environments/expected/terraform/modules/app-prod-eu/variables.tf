# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "shared_keys_root_arn" {
  type        = string
  description = "ARN of the key root in stack shared"
}

variable "tag_env" {
  type        = string
  description = "Tag env of the environment"
}

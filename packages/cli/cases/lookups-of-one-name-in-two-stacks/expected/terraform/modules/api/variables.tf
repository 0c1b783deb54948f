# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "reader_policy_statement_2_resource" {
  type        = string
  description = "Resource in statement 2 of policy of reader"
}

variable "shared_arn" {
  type        = string
  description = "ARN of the imported key shared"
}

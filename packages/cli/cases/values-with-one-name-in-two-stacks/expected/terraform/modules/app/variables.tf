# Made by Keywright from keywright.yaml; do not edit by hand.

variable "api_policy_statement_1_resource" {
  type        = string
  description = "Resource in statement 1 of policy of api"
}

variable "api_policy_statement_2_resource" {
  type        = string
  description = "Resource in statement 2 of policy of api"
}

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

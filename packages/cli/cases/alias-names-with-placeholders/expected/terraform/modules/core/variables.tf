# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "reader_policy_statement1_condition_for_any_value_string_equals_kms_resource_aliases" {
  type        = string
  description = "reader: policy: statement 1: Condition: ForAnyValue:StringEquals: kms:ResourceAliases"
}

variable "shared" {
  type        = string
  description = "shared"
}

variable "values_team_name" {
  type        = string
  description = "values-team: name"
}

# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "orders_deletion_window_in_days" {
  type        = number
  description = "orders: deletion_window_in_days"

  validation {
    condition     = var.orders_deletion_window_in_days >= 7 && var.orders_deletion_window_in_days <= 30
    error_message = "KMS waits 7 to 30 days before it deletes a key."
  }
}

variable "orders_description" {
  type        = string
  description = "orders: description"
}

variable "orders_loader_grantee_principal" {
  type        = string
  description = "orders: loader: grantee_principal"
}

variable "orders_policy_use_condition_string_equals_kms_via_service2" {
  type        = string
  description = "orders: policy: Use: Condition: StringEquals: kms:ViaService: 2"
}

variable "orders_rotation_period_in_days" {
  type        = number
  description = "orders: rotation_period_in_days"

  validation {
    condition     = var.orders_rotation_period_in_days >= 90 && var.orders_rotation_period_in_days <= 2560
    error_message = "KMS rotates a key every 90 to 2560 days."
  }
}

variable "platform_keys_root_arn" {
  type        = string
  description = "keys.root.arn of stack platform"
}

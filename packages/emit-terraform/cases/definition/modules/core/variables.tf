# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "orders_deletion_window_in_days" {
  type        = number
  description = "deletion_window_in_days of orders"

  validation {
    condition     = var.orders_deletion_window_in_days >= 7 && var.orders_deletion_window_in_days <= 30
    error_message = "KMS waits 7 to 30 days before it deletes a key."
  }
}

variable "orders_description" {
  type        = string
  description = "description of orders"
}

variable "orders_loader_grantee_principal" {
  type        = string
  description = "loader.grantee_principal of orders"
}

variable "orders_policy_use_kms_via_service_2" {
  type        = string
  description = "kms:ViaService.2 in statement Use of policy of orders"
}

variable "orders_rotation_period_in_days" {
  type        = number
  description = "rotation_period_in_days of orders"

  validation {
    condition     = var.orders_rotation_period_in_days >= 90 && var.orders_rotation_period_in_days <= 2560
    error_message = "KMS rotates a key every 90 to 2560 days."
  }
}

variable "orders_tag_text" {
  type        = string
  description = "Tag text of orders"
}

variable "orders_us_east_1_deletion_window_in_days" {
  type        = number
  description = "deletion_window_in_days of orders@us-east-1"

  validation {
    condition     = var.orders_us_east_1_deletion_window_in_days >= 7 && var.orders_us_east_1_deletion_window_in_days <= 30
    error_message = "KMS waits 7 to 30 days before it deletes a key."
  }
}

variable "orders_us_east_1_description" {
  type        = string
  description = "description of orders@us-east-1"
}

variable "orders_us_east_1_policy_use_kms_via_service_2" {
  type        = string
  description = "kms:ViaService.2 in statement Use of policy of orders@us-east-1"
}

variable "orders_us_east_1_tag_text" {
  type        = string
  description = "Tag text of orders@us-east-1"
}

variable "platform_keys_root_arn" {
  type        = string
  description = "ARN of the key root in stack platform"
}

variable "text" {
  type        = string
  description = "Value of text"
}

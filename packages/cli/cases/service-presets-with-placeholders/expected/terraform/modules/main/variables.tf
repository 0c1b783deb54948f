# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "orders_policy_statement3_condition_string_like_kms_encryption_context_aws_cloudtrail_arn" {
  type        = string
  description = "orders: policy: statement 3: Condition: StringLike: kms:EncryptionContext:aws:cloudtrail:arn"
}

variable "trail" {
  type        = string
  description = "Value trail of the environment"
}

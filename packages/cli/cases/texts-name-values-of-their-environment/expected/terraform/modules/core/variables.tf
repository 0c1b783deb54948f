# Made by Keywright from keywright.yaml; do not edit by hand.

variable "orders_description" {
  type        = string
  description = "orders: description"
}

variable "orders_policy_statement2_principal_aws" {
  type        = string
  description = "orders: policy: statement 2: Principal: AWS"
}

variable "orders_policy_statement2_resource" {
  type        = string
  description = "orders: policy: statement 2: Resource"
}

variable "orders_policy_statement3_principal_aws1" {
  type        = string
  description = "orders: policy: statement 3: Principal: AWS: 1"
}

variable "orders_policy_statement3_principal_aws2" {
  type        = string
  description = "orders: policy: statement 3: Principal: AWS: 2"
}

variable "orders_policy_statement4_condition_string_equals_kms_encryption_context_tier" {
  type        = string
  description = "orders: policy: statement 4: Condition: StringEquals: kms:EncryptionContext:tier"
}

variable "orders_policy_statement4_principal_aws" {
  type        = string
  description = "orders: policy: statement 4: Principal: AWS"
}

variable "orders_policy_statement5_condition_arn_like_aws_principal_arn" {
  type        = string
  description = "orders: policy: statement 5: Condition: ArnLike: aws:PrincipalArn"
}

variable "orders_tags_tier" {
  type        = string
  description = "orders: tags: tier"
}

variable "tier" {
  type        = string
  description = "tier"
}

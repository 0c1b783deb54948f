terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" { type = string }
variable "root" { type = string }
variable "users" { type = list(string) }
variable "rotation" { type = bool }

resource "aws_kms_key" "this" {
  count               = 1
  description         = "Encrypts ${var.name}"
  enable_key_rotation = var.rotation
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Root", Effect = "Allow", Action = "kms:*", Principal = { AWS = var.root }, Resource = "*" },
      { Sid = "Use", Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Principal = { AWS = var.users }, Resource = "*" },
    ]
  })
  tags = { Name = var.name }
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
}

output "arn" { value = aws_kms_key.this[0].arn }
output "key_id" { value = aws_kms_key.this[0].key_id }

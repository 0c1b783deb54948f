variable "policy" {
  type    = string
  default = null
}

variable "grantee" {
  type = string
}

resource "aws_kms_key" "this" {
  policy = var.policy
}

resource "aws_kms_grant" "this" {
  key_id            = aws_kms_key.this.key_id
  grantee_principal = var.grantee
  operations        = ["Decrypt"]
  constraints {
    encryption_context_subset = { app = "shop" }
  }
}

output "arn" {
  value = aws_kms_key.this.arn
}

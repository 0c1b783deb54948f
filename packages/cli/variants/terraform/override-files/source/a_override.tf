resource "aws_kms_key" "k" {
  description = "overridden in ${var.env}"
  enable_key_rotation = true
  lifecycle { prevent_destroy = true }
}
locals { extra = ["kms:ListAliases", "kms:ListGrants"] }
variable "env" { default = "prod" }

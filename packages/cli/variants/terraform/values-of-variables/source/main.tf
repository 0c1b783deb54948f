provider "aws" { region = "eu-west-1" }
variable "env" {}
locals {
  env_roles = { prod = ["deploy", "ops"], dev = ["*"] }
  grouped   = { for r in ["a:x", "b:x", "a:y"] : split(":", r)[0] => split(":", r)[1]... }
}
data "aws_caller_identity" "me" {}
resource "aws_kms_key" "k" {
  description = "d-${var.env}"
  tags        = { Env = var.env, Group = join("+", local.grouped["a"]) }
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
    { Sid = "Roles", Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*", Condition = { ArnLike = { "aws:PrincipalArn" = formatlist("arn:aws:iam::%s:role/%s", data.aws_caller_identity.me.account_id, local.env_roles[var.env]) } } }] })
}

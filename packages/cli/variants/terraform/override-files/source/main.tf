provider "aws" { region = "eu-west-1" }
variable "env" { default = "dev" }
locals {
  users = { alice = "admin", bob = "read", carol = "read" }
  by_kind = { for name, kind in local.users : kind => "arn:aws:iam::123456789012:user/${name}"... }
  extra = ["kms:ListGrants"]
}
resource "aws_kms_key" "k" {
  description = "base"
  enable_key_rotation = false
  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Sid": "Root", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "kms:*", "Resource": "*" }
        %{ for kind, arns in local.by_kind ~}
        , { "Sid": "${title(kind)}", "Effect": "Allow", "Principal": { "AWS": ${jsonencode(arns)} },
          "Action": ${kind == "admin" ? jsonencode(concat(["kms:Describe*"], local.extra)) : "\"kms:Decrypt\""}, "Resource": "*"
          %{ if kind == "read" }
          , "Condition": { "Bool": { "aws:SecureTransport": "true" } }
          %{ endif }
        }
        %{ endfor ~}
      ]
    }
  POLICY
  lifecycle { prevent_destroy = false }
}
data "aws_iam_policy_document" "d" {
  statement {
    sid = "Old"
    actions = ["kms:*"]
    resources = ["*"]
    principals { 
      type = "AWS" 
      identifiers = ["*"] 
    }
  }
  dynamic "statement" {
    for_each = [1, 2]
    content {
      sid = "Dyn${statement.value}"
      actions = ["kms:Decrypt"]
      resources = ["*"]
      principals { 
        type = "AWS" 
        identifiers = ["*"] 
      }
    }
  }
}
resource "aws_kms_key" "d" { policy = data.aws_iam_policy_document.d.json }
module "kids" { 
  source = "./kids" 
  name = "base"
}

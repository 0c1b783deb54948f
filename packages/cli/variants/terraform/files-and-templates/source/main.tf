provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "me" {}
resource "aws_kms_key" "file" { policy = file("${path.module}/policy.json") }
resource "aws_kms_key" "tpl" { policy = templatefile("${path.module}/policy.tftpl", { account = data.aws_caller_identity.me.account_id, roles = ["a", "b"] }) }
resource "aws_kms_key" "heredoc" {
  policy = <<-EOT
    { "Version": "2012-10-17", "Statement": [
      { "Sid": "Root", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, "Action": "kms:*", "Resource": "*" },
      { "Effect": "Allow", "Principal": { "AWS": ${jsonencode([for r in ["a", "b"] : "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/${r}"])} }, "Action": "kms:Decrypt", "Resource": "*",
        "Condition": { "StringLike": { "aws:userid": "$${aws:userid}" } } }
    ] }
  EOT
}

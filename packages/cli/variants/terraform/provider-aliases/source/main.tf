provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
provider "aws" {
  alias  = "security"
  region = "eu-west-1"
  assume_role { role_arn = "arn:aws:iam::999988887777:role/tf" }
}
data "aws_caller_identity" "me" {}
data "aws_caller_identity" "security" { provider = aws.security }
resource "aws_kms_key" "a" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "A", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
    { Sid = "B", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.security.account_id}:root" }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "in_security" {
  provider = aws.security
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "A", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.security.account_id}:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "mr" {
  multi_region = true
}
resource "aws_kms_replica_key" "mr" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.mr.arn
}

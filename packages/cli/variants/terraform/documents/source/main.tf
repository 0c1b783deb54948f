# order of maps, sets; contains and lookup over the deployment's account
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
variable "prod_accounts" { default = ["123456789012", "222233334444"] }
locals {
  admins   = { zoe = "arn:aws:iam::111122223333:role/zoe", adam = "arn:aws:iam::111122223333:role/adam" }
  first    = [for k, v in local.admins : v][0]
  is_prod  = contains(var.prod_accounts, data.aws_caller_identity.me.account_id)
  strict   = lookup({ "123456789012" = "strict" }, data.aws_caller_identity.me.account_id, "lax")
  others   = setsubtract(var.prod_accounts, [data.aws_caller_identity.me.account_id])
}
resource "aws_kms_key" "first" {
  description = "first"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Principal = { AWS = local.first }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "prod" {
  description = "prod"
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(
    [{ Sid = "A", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" }],
    local.is_prod ? [{ Sid = "D", Effect = "Deny", Principal = "*", Action = "kms:ScheduleKeyDeletion", Resource = "*" }] : []) })
}
resource "aws_kms_key" "strict" {
  description = local.strict
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/${local.strict}" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "others" {
  description = "others"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Principal = { AWS = [for a in local.others : "arn:aws:iam::${a}:root"] }, Action = "kms:*", Resource = "*" }] })
}

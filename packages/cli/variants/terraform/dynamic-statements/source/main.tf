provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "me" {}
data "aws_partition" "p" {}
variable "grants" {
  type = map(object({ arns = list(string), actions = optional(list(string), ["kms:Decrypt"]), via = optional(string), deny = optional(bool, false) }))
  default = {
    app  = { arns = ["arn:aws:iam::123456789012:role/app", "arn:aws:iam::123456789012:role/app2"], via = "s3.eu-west-1.amazonaws.com" }
    cut  = { arns = ["*"], actions = ["kms:ScheduleKeyDeletion", "kms:DisableKey"], deny = true }
  }
}
data "aws_iam_policy_document" "base" {
  policy_id = "base"
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
  }
  statement {
    sid = "Two"
    actions = ["kms:Encrypt", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type = "Service"
      identifiers = ["logs.amazonaws.com", "s3.amazonaws.com"]
    }
    principals {
      type = "AWS"
      identifiers = ["123456789012"]
    }
    condition {
      test = "StringEquals"
      variable = "kms:CallerAccount"
      values = ["123456789012", "210987654321"]
    }
    condition {
      test = "StringEquals"
      variable = "kms:ViaService"
      values = ["s3.eu-west-1.amazonaws.com"]
    }
    condition {
      test = "StringEquals"
      variable = "kms:CallerAccount"
      values = ["333333333333"]
    }
  }
}
data "aws_iam_policy_document" "more" {
  statement {
    sid = "Two"
    effect = "Deny"
    actions = ["kms:Decrypt"]
    resources = ["*"]
    not_principals {
      type = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/keep"]
    }
  }
  statement {
    effect = null
    not_actions = ["kms:Get*"]
    resources = ["*"]
    principals {
      type = "*"
      identifiers = ["*"]
    }
    condition {
      test = "Null"
      variable = "aws:PrincipalTag/x"
      values = [false]
    }
  }
}
data "aws_iam_policy_document" "dyn" {
  dynamic "statement" {
    for_each = { for k, g in var.grants : k => g if length(g.arns) > 0 }
    iterator = g
    content {
      sid = title(g.key)
      effect = g.value.deny ? "Deny" : "Allow"
      actions = g.value.actions
      resources = ["*"]
      dynamic "principals" {
        for_each = [g.value.arns]
        content {
          type = "AWS"
          identifiers = principals.value
        }
      }
      dynamic "condition" {
        for_each = compact([g.value.via])
        content {
          test = "StringEquals"
          variable = "kms:ViaService"
          values = [condition.value]
        }
      }
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json, data.aws_iam_policy_document.dyn.minified_json]
  override_policy_documents = [data.aws_iam_policy_document.more.json]
  version = "2012-10-17"
}
locals { make = { a = true, b = false } }
resource "aws_kms_key" "k" {
  count = local.make.a ? 1 : 0
  policy = data.aws_iam_policy_document.all.json
  description = format("%s/%s", "x", join(",", keys(var.grants)))
}
resource "aws_kms_key" "none" { 
  count = local.make.b ? 1 : 0 
}
resource "aws_kms_key" "j" {
  policy = jsonencode(merge(jsondecode(data.aws_iam_policy_document.base.json), { Id = "merged", Statement = concat(jsondecode(data.aws_iam_policy_document.base.json).Statement, [for a in ["x", "y"] : { Sid = upper(a), Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/${a}" } }]) }))
}

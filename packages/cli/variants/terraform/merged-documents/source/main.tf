# merging documents
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "base" {
  policy_id = "base"
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
  }
  statement {
    sid       = "Use"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "own" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Use"
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/only"]
    }
  }
}
data "aws_iam_policy_document" "over" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [data.aws_iam_policy_document.own.json]
  statement {
    sid       = "Extra"
    effect    = "Deny"
    not_actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = ["*"]
    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/b", "arn:aws:iam::111122223333:role/a"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::&{aws:PrincipalAccount}:role/x"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
}
resource "aws_kms_key" "own" { policy = data.aws_iam_policy_document.own.json }
resource "aws_kms_key" "over" { policy = data.aws_iam_policy_document.over.json }

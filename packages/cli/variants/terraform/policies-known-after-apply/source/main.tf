provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_role" "app" {
  for_each           = toset(["a", "b"])
  name               = "app-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.operator.arn]
    }
  }
}

resource "aws_iam_role" "operator" {
  name               = "operator"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "use" {
  for_each = aws_iam_role.app
  role     = each.value.id
  name     = "use"
  policy   = data.aws_iam_policy_document.use[each.key].json
}

data "aws_iam_policy_document" "use" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.own[each.key].arn, module.shared["x"].arn]
  }
}

resource "aws_kms_key" "own" {
  for_each = toset(["a", "b"])
  policy   = data.aws_iam_policy_document.own[each.key].json
}

resource "aws_kms_alias" "own" {
  for_each      = toset(["a", "b"])
  name          = "alias/own-${each.key}"
  target_key_id = aws_kms_key.own[each.key].key_id
}

data "aws_iam_policy_document" "own" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app[each.key].arn, "arn:aws:iam::123456789012:root"]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

module "shared" {
  source   = "./keys"
  for_each = toset(["x", "y"])
  policy   = data.aws_iam_policy_document.shared.json
  grantee  = aws_iam_role.app["a"].arn
}

module "plain" {
  source  = "./keys"
  grantee = aws_iam_role.app["b"].arn
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
  statement {
    sid       = "Replaced"
    actions   = ["kms:Encrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.operator.arn]
    }
  }
}

data "aws_iam_policy_document" "shared" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  dynamic "statement" {
    for_each = { logs = "logs.eu-west-1.amazonaws.com" }
    content {
      sid       = statement.key
      actions   = ["kms:Decrypt", "kms:Encrypt"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = [statement.value]
      }
    }
  }
  statement {
    sid       = "Replaced"
    effect    = "Deny"
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app["a"].arn, aws_iam_role.app["b"].arn]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["&{kms:EncryptionContext:team}"]
    }
  }
}

resource "aws_kms_key" "apart" {
  count = 1
}

resource "aws_kms_key_policy" "apart" {
  key_id = aws_kms_key.apart[0].id
  policy = data.aws_iam_policy_document.base.json
}

resource "aws_kms_alias" "apart" {
  name          = "alias/apart"
  target_key_id = join("", aws_kms_key.apart[*].id)
}

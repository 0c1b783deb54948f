data "aws_iam_policy_document" "key" {
  statement {
    actions = ["kms:*"]
  }
}

# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.single.keys.audit in keywright.yaml, through standard named
resource "aws_kms_key" "audit" {
  description         = "audit of single in prod"
  enable_key_rotation = false
  multi_region        = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  tags = {
    key = "demo/audit"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.single.keys.audit.replicas in keywright.yaml
resource "aws_kms_replica_key" "audit_prod_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.audit.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  tags = {
    at = "single/audit/prod-us"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.single, for keeper-audit, in keywright.yaml, through standard named
resource "aws_iam_role_policy" "keeper_audit" {
  name = "keywright-demo-single"
  role = "keeper-of-audit"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
          "kms:ReplicateKey",
          "kms:UpdatePrimaryRegion",
        ]
        Resource = aws_kms_key.audit.arn
      },
    ]
  })
}

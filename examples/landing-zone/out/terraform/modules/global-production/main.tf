# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.global.keys.secrets in keywright.yaml, through key set global and standard data
resource "aws_kms_key" "secrets" {
  description             = "Encrypts secrets"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 30
  multi_region            = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Sid       = "DenyOutsideTheOrganization"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-lz12345678" }
          Bool                    = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/BreakGlass"
        }
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
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000002:role/Auditor" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource  = "*"
      },
    ]
  })

  tags = {
    environment = var.environment
    owner       = "platform"
    purpose     = var.purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.global.keys.secrets.aliases in keywright.yaml, through key set global
resource "aws_kms_alias" "lz_secrets" {
  name          = "alias/lz/secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

# stacks.global.keys.secrets.replicas in keywright.yaml, through key set global and standard data
resource "aws_kms_replica_key" "secrets_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn         = aws_kms_key.secrets.arn
  description             = "Encrypts secrets"
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Sid       = "DenyOutsideTheOrganization"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-lz12345678" }
          Bool                    = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/BreakGlass"
        }
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
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000002:role/Auditor" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource  = "*"
      },
    ]
  })

  tags = {
    environment = var.us_east_1_environment
    owner       = "platform"
    purpose     = var.us_east_1_purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.global.keys.secrets.aliases in keywright.yaml, through key set global
resource "aws_kms_alias" "lz_secrets_us_east_1" {
  provider = aws.us_east_1

  name          = "alias/lz/secrets"
  target_key_id = aws_kms_replica_key.secrets_us_east_1.key_id
}

# stacks.global, for keyAdmins, in keywright.yaml, through standard guarded
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-landingzone-global-${var.environment}"
  role = "KeyAdministrators"

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
        Resource = [aws_kms_key.secrets.arn, aws_kms_replica_key.secrets_us_east_1.arn]
      },
    ]
  })
}

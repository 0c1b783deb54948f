# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.regional.keys.backup in keywright.yaml, through key set regional and standard data
resource "aws_kms_key" "backup" {
  description             = "Encrypts backups"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  multi_region            = false

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
    prevent_destroy = false
  }
}

# stacks.regional.keys.backup.aliases in keywright.yaml, through key set regional
resource "aws_kms_alias" "lz_backup" {
  name          = "alias/lz/backup"
  target_key_id = aws_kms_key.backup.key_id
}

# stacks.regional.keys.ebs in keywright.yaml, through key set regional and standard data
resource "aws_kms_key" "ebs" {
  description             = "Encrypts volumes and snapshots"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  multi_region            = false

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
        ]
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000002:role/Auditor" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::210000000004:root" }
        Action    = ["kms:DescribeKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          StringEquals = { "kms:ViaService" = "ec2.${data.aws_region.current.region}.amazonaws.com" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::210000000004:root" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = {
          Bool         = { "kms:GrantIsForAWSResource" = "true" }
          StringEquals = { "kms:ViaService" = "ec2.${data.aws_region.current.region}.amazonaws.com" }
        }
      },
    ]
  })

  tags = {
    environment = var.environment
    owner       = "platform"
    purpose     = var.purpose
  }

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.regional.keys.ebs.aliases in keywright.yaml, through key set regional
resource "aws_kms_alias" "lz_ebs" {
  name          = "alias/lz/ebs"
  target_key_id = aws_kms_key.ebs.key_id
}

# stacks.regional.keys.logs in keywright.yaml, through key set regional and standard data
resource "aws_kms_key" "logs" {
  description             = "Encrypts log groups"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  multi_region            = false

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
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
          }
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
    prevent_destroy = false
  }
}

# stacks.regional.keys.logs.aliases in keywright.yaml, through key set regional
resource "aws_kms_alias" "lz_logs" {
  name          = "alias/lz/logs"
  target_key_id = aws_kms_key.logs.key_id
}

# stacks.regional.keys.s3 in keywright.yaml, through key set regional and standard data
resource "aws_kms_key" "s3" {
  description             = "Encrypts buckets"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  multi_region            = false

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
        ]
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000002:role/Auditor" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService"     = "s3.${data.aws_region.current.region}.amazonaws.com"
            "aws:PrincipalOrgID" = "o-lz12345678"
          }
        }
      },
    ]
  })

  tags = {
    environment = var.environment
    owner       = "platform"
    purpose     = var.purpose
  }

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.regional.keys.s3.aliases in keywright.yaml, through key set regional
resource "aws_kms_alias" "lz_s3" {
  name          = "alias/lz/s3"
  target_key_id = aws_kms_key.s3.key_id
}

# stacks.regional, for keyAdmins, in keywright.yaml, through standard guarded
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-landingzone-regional-${var.environment}"
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
        ]
        Resource = [aws_kms_key.backup.arn, aws_kms_key.ebs.arn, aws_kms_key.logs.arn, aws_kms_key.s3.arn]
      },
    ]
  })
}

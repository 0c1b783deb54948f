# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.any in keywright.yaml
resource "aws_kms_key" "any" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "bedrock.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:bedrock:arn" = "arn:aws:bedrock:eu-west-1:111122223333:agent/*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "fargate.amazonaws.com" }
        Action    = "kms:GenerateDataKeyWithoutPlaintext"
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:aws:ecs:clusterAccount" = "111122223333" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "fargate.amazonaws.com" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = {
          StringEquals                = { "kms:EncryptionContext:aws:ecs:clusterAccount" = "111122223333" }
          "ForAllValues:StringEquals" = { "kms:GrantOperations" = "Decrypt" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "sso.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          StringLike   = { "kms:EncryptionContext:aws:sso:instance-arn" = "*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "identitystore.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          StringLike   = { "kms:EncryptionContext:aws:identitystore:identitystore-arn" = "*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["sso.amazonaws.com", "identitystore.amazonaws.com"] }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.assistant in keywright.yaml
resource "aws_kms_key" "assistant" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "bedrock.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:bedrock:arn" = "arn:aws:bedrock:eu-west-1:111122223333:agent/A1B2C3D4E5"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.landingZone in keywright.yaml
resource "aws_kms_key" "landing_zone" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "config.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/aws-controltower-BaselineCloudTrail"
          }
          StringLike = {
            "kms:EncryptionContext:aws:cloudtrail:arn" = "arn:aws:cloudtrail:*:111122223333:trail/*"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.people in keywright.yaml
resource "aws_kms_key" "people" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "sso.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          StringLike = {
            "kms:EncryptionContext:aws:sso:instance-arn" = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "identitystore.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          StringLike = {
            "kms:EncryptionContext:aws:identitystore:identitystore-arn" = "arn:aws:identitystore::111122223333:identitystore/d-1234567890"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["sso.amazonaws.com", "identitystore.amazonaws.com"] }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.tasks in keywright.yaml
resource "aws_kms_key" "tasks" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "fargate.amazonaws.com" }
        Action    = "kms:GenerateDataKeyWithoutPlaintext"
        Resource  = "*"
        Condition = {
          StringEquals = { "kms:EncryptionContext:aws:ecs:clusterAccount" = "111122223333" }
          StringLike   = { "kms:EncryptionContext:aws:ecs:clusterName" = ["shop", "warehouse-*"] }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "fargate.amazonaws.com" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = {
          StringEquals                = { "kms:EncryptionContext:aws:ecs:clusterAccount" = "111122223333" }
          StringLike                  = { "kms:EncryptionContext:aws:ecs:clusterName" = ["shop", "warehouse-*"] }
          "ForAllValues:StringEquals" = { "kms:GrantOperations" = "Decrypt" }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.dns.keys.signing in keywright.yaml, through standard guarded
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 30
  multi_region             = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000003:root" }
        Action    = "kms:*"
        Resource  = "*"
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
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "210000000003" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:route53:::hostedzone/*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000003:role/BreakGlass" }
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
        ]
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210000000002:role/Auditor" }
        Action    = ["kms:DescribeKey", "kms:GetPublicKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource  = "*"
      },
    ]
  })

  tags = {
    environment = "network-us-east-1"
    owner       = "platform"
    purpose     = "production"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.dns.keys.signing.aliases in keywright.yaml
resource "aws_kms_alias" "lz_dns" {
  name          = "alias/lz/dns"
  target_key_id = aws_kms_key.signing.key_id
}

# stacks.dns, for keyAdmins, in keywright.yaml, through standard guarded
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-landingzone-dns"
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
        ]
        Resource = aws_kms_key.signing.arn
      },
    ]
  })
}

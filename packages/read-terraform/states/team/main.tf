# What teams write by hand: modules, for_each, key policies of their own, two regions, default tags.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Team = "payments" }
  }
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

locals {
  root = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
}

resource "aws_iam_role" "app" {
  name = "orders-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "auditor" {
  name = "auditor"
  path = "/security/"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = local.root } }]
  })
}

resource "aws_iam_role" "unrelated" {
  name = "unrelated"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

module "kms" {
  source   = "./kms"
  for_each = toset(["orders", "invoices"])

  name     = each.key
  root     = local.root
  users    = [aws_iam_role.app.arn, aws_iam_role.auditor.arn]
  rotation = each.key == "orders"
}

# Its policy is a resource of its own, and names itself.
resource "aws_kms_key" "logs" {
  description         = "Log groups"
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "logs" {
  key_id = aws_kms_key.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "logs"
    Statement = [
      { Sid = "Root", Effect = "Allow", Action = "kms:*", Principal = { AWS = local.root }, Resource = "*" },
      {
        Sid       = "Logs"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Resource  = aws_kms_key.logs.arn
      },
    ]
  })
}

resource "aws_kms_key" "shared" {
  description             = "Shared over regions"
  multi_region            = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "shared" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.shared.arn
  description     = "Shared over regions (replica)"
}

resource "aws_kms_alias" "shared" {
  name          = "alias/shared"
  target_key_id = aws_kms_key.shared.key_id
}

resource "aws_kms_alias" "shared_us" {
  provider      = aws.us
  name          = "alias/shared"
  target_key_id = aws_kms_replica_key.shared.key_id
}

# Nothing to do with the replica: a key of the other region.
resource "aws_kms_key" "reports" {
  provider    = aws.us
  description = "Reports"
}

resource "aws_kms_external_key" "imported" {
  description = "Material from elsewhere"
}

resource "aws_kms_key" "signing" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  is_enabled               = false
}

resource "aws_kms_grant" "worker" {
  name              = "worker"
  key_id            = module.kms["orders"].key_id
  grantee_principal = aws_iam_role.app.arn
  operations        = ["Encrypt", "Decrypt"]

  constraints {
    encryption_context_equals = { Department = "Finance" }
  }
}

resource "aws_iam_role_policy" "app" {
  name = "use-keys"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:Decrypt", Resource = [module.kms["orders"].arn, aws_kms_replica_key.shared.arn] },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    ]
  })
}

resource "aws_iam_policy" "managed" {
  name   = "managed"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:List*", Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "managed" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.managed.arn
}

resource "aws_ssm_parameter" "password" {
  name  = "/app/password"
  type  = "SecureString"
  value = "correct horse battery staple"
}

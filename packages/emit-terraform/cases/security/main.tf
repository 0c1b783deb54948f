# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform" {
  backend = "local"

  config = {
    path = "../platform/terraform.tfstate"
  }
}

# stacks.data-lake.keys.lake.arn
data "aws_ssm_parameter" "data-lake_keys_lake_arn" {
  name = "/keywright/payments/data-lake/keys.lake.arn"
}

# stacks.security.principals.ordersApi in keywright.yaml
resource "aws_iam_role" "orders_api" {
  name_prefix = "payments-security-ordersApi-"
  description = "Serves orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  tags = {
    owner = "platform"
  }

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.security.principals.batch in keywright.yaml
resource "aws_iam_user" "batch" {
  name = "payments-security-batch"

  tags = {
    owner = "platform"
  }

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.security.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "Auditors"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.security.keys.orders in keywright.yaml, through standard pii
resource "aws_kms_key" "orders" {
  description             = "Encrypts order records"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 10
  multi_region            = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = [aws_iam_role.orders_api.arn, aws_iam_user.batch.arn] }
        Action = [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:GenerateDataKey*",
          "kms:ReEncrypt*",
          "kms:DescribeKey",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService" = "s3.eu-west-1.amazonaws.com"
            "kms:EncryptionContext:größe" = [
              "$${aws_kms_key.orders.arn} %%{ if true }x%%{ endif }",
              "\u0024$${ \u0025%%{ \u0024\u0024$${ $%%{ %$${ $",
              "$${ordersKey.arn} `$${process.exit(1)}`",
              "\u0024$${ $`$ \\$${ $",
              "quote \" ' backslash \\ newline \n return \r tab \t end",
              "*/ /* // # EOT <<EOT <!-- --> </script>",
              "line\u2028paragraph\u2029separator",
              "right-to-left \u202egnirts\u202c \u200f",
              "emoji 👩\u200d👩\u200d👧 \U0001f1e9\U0001f1ea",
              "yes no 0123 1e3 : - # ~",
              " leading and trailing ",
            ]
          }
          Bool = { "kms:GrantIsForAWSResource" = "true" }
        }
      },
    ]
  })

  tags = {
    classification                                                            = "pii"
    "$${aws_kms_key.orders.arn} %%{ if true }x%%{ endif } 0"                  = "$${aws_kms_key.orders.arn} %%{ if true }x%%{ endif }"
    "\u0024$${ \u0025%%{ \u0024\u0024$${ $%%{ %$${ $ 1"                       = "\u0024$${ \u0025%%{ \u0024\u0024$${ $%%{ %$${ $"
    "$${ordersKey.arn} `$${process.exit(1)}` 2"                               = "$${ordersKey.arn} `$${process.exit(1)}`"
    "\u0024$${ $`$ \\$${ $ 3"                                                 = "\u0024$${ $`$ \\$${ $"
    "quote \" ' backslash \\ newline \n return \r tab \t end 4"               = "quote \" ' backslash \\ newline \n return \r tab \t end"
    "*/ /* // # EOT <<EOT <!-- --> </script> 5"                               = "*/ /* // # EOT <<EOT <!-- --> </script>"
    "line\u2028paragraph\u2029separator 6"                                    = "line\u2028paragraph\u2029separator"
    "right-to-left \u202egnirts\u202c \u200f 7"                               = "right-to-left \u202egnirts\u202c \u200f"
    "emoji \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea 8" = "emoji 👩\u200d👩\u200d👧 \U0001f1e9\U0001f1ea"
    "yes no 0123 1e3 : - # ~ 9"                                               = "yes no 0123 1e3 : - # ~"
    " leading and trailing  10"                                               = " leading and trailing "
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [aws_iam_group.auditors]
}

# stacks.security.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "payments_orders" {
  name          = "alias/payments/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.security.keys.macKey in keywright.yaml
resource "aws_kms_key" "mac_key" {
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
  is_enabled               = false
  multi_region             = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.security.keys.code-signing in keywright.yaml
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_4096"
  key_usage                = "SIGN_VERIFY"
  multi_region             = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.security.keys.imported in keywright.yaml
resource "aws_kms_external_key" "imported" {
  enabled      = false
  multi_region = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.security.keys.imported.aliases in keywright.yaml
resource "aws_kms_alias" "imported" {
  name          = "alias/imported"
  target_key_id = aws_kms_external_key.imported.id
}

# stacks.security.keys.vault in keywright.yaml
resource "aws_kms_key" "vault" {
  custom_key_store_id = "cks-1234567890abcdef0"
  xks_key_id          = "abc"
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.security.keys.orders.replicas in keywright.yaml
resource "aws_kms_replica_key" "orders_prod_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.orders.arn
  enabled         = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.security.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "payments_orders_prod_us" {
  provider = aws.us_east_1

  name          = "alias/payments/orders"
  target_key_id = aws_kms_replica_key.orders_prod_us.key_id
}

# stacks.security.imports.byArn.aliases in keywright.yaml
resource "aws_kms_alias" "legacy" {
  name          = "alias/legacy"
  target_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

# stacks.security.principals.ordersApi in keywright.yaml
resource "aws_iam_role_policy" "orders_api" {
  name = "keywright-payments-security"
  role = aws_iam_role.orders_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "kms:Decrypt"
        Resource = [
          aws_kms_key.orders.arn,
          data.terraform_remote_state.platform.outputs.keys_root_arn,
          data.aws_ssm_parameter.data-lake_keys_lake_arn.insecure_value,
        ]
      },
    ]
  })

  depends_on = [aws_kms_alias.payments_orders]
}

# stacks.security, for ci, in keywright.yaml
resource "aws_iam_user_policy" "ci" {
  name = "keywright-payments-security"
  user = "ci"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}

# stacks.security.keys.orders.kmsGrants.workers in keywright.yaml
resource "aws_kms_grant" "orders_workers" {
  name               = "workers"
  key_id             = aws_kms_key.orders.key_id
  grantee_principal  = aws_iam_role.orders_api.arn
  retiring_principal = "arn:aws:iam::111122223333:role/KeyAdmin"
  operations         = ["Decrypt", "GenerateDataKey"]

  constraints {
    encryption_context_subset = {
      "tenant id" = "$${aws_kms_key.orders.arn} %%{ if true }x%%{ endif }"
    }
  }
}

# stacks.security.keys.orders.arn in keywright.yaml
resource "aws_ssm_parameter" "keys_orders_arn" {
  name  = "/keywright/payments/security/keys.orders.arn"
  type  = "String"
  value = aws_kms_key.orders.arn

  tags = {
    owner = "platform"
  }
}

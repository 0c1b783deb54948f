# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.bothSayIt in keywright.yaml
resource "aws_kms_key" "both_say_it" {
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

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.main.keys.bothSayIt.replicas in keywright.yaml, through standard scratch
resource "aws_kms_replica_key" "both_say_it_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.both_say_it.arn

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

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.main.keys.gone in keywright.yaml
resource "aws_kms_key" "gone" {
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

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.main.keys.gone.replicas in keywright.yaml
resource "aws_kms_replica_key" "gone_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.gone.arn

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

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.main.keys.stays in keywright.yaml
resource "aws_kms_key" "stays" {
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

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.stays.replicas in keywright.yaml
resource "aws_kms_replica_key" "stays_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.stays.arn

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

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.staysForBoth in keywright.yaml
resource "aws_kms_key" "stays_for_both" {
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

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.staysForBoth.replicas in keywright.yaml
resource "aws_kms_replica_key" "stays_for_both_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.stays_for_both.arn

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

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.throughStandard in keywright.yaml, through standard scratch
resource "aws_kms_key" "through_standard" {
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

  lifecycle {
    prevent_destroy = false
  }
}

# stacks.main.keys.throughStandard.replicas in keywright.yaml, through standard plain
resource "aws_kms_replica_key" "through_standard_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.through_standard.arn

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
    tier = "plain"
  }

  lifecycle {
    prevent_destroy = false
  }
}

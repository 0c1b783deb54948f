terraform { 
  required_providers { 
    aws = { 
      source = "hashicorp/aws"
      configuration_aliases = [aws.other] 
    } 
  } 
}
resource "aws_kms_key" "a" { 
  description = "in us"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "b" { 
  provider = aws.other 
  description = "in eu"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }] })
}

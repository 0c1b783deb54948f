provider "aws" { region = "eu-west-1" }
provider "aws" { 
  alias = "us" 
  region = "us-east-1" 
}
locals {
  policy = jsonencode({ Version = "2012-10-17", Id = "p", Statement = [{ Sid = "A", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "mr" { 
  multi_region = true 
  description = "mr"
}
resource "aws_kms_key_policy" "mr" { 
  key_id = aws_kms_key.mr.id 
  policy = local.policy 
}
resource "aws_kms_replica_key" "mr" { 
  provider = aws.us 
  primary_key_arn = aws_kms_key.mr.arn 
  policy = local.policy
  description = "rep"
}
resource "aws_kms_alias" "mr_us" { 
  provider = aws.us 
  name = "alias/mr" 
  target_key_id = aws_kms_replica_key.mr.key_id 
}
resource "aws_kms_external_key" "ext" { 
  description = "ext" 
  policy = local.policy
  enabled = true
}
resource "aws_kms_grant" "g" { 
  key_id = aws_kms_key.mr.key_id 
  grantee_principal = "arn:aws:iam::123456789012:role/x" 
  operations = ["Decrypt", "Encrypt"] 
  retiring_principal = "arn:aws:iam::123456789012:role/y"
}
resource "aws_kms_ciphertext" "c" { 
  key_id = aws_kms_key.mr.key_id 
  plaintext = "secret-text" 
}
module "m" { 
  source = "./m" 
  providers = { aws = aws.us, aws.other = aws }
}
moved { 
  from = aws_kms_key.old 
  to = aws_kms_key.mr 
}
removed { 
  from = aws_kms_key.gone 
  lifecycle { destroy = false } 
}

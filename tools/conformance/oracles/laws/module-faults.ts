import { fault as faultIn, type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';

const fault = (name: string, mistake: Mistake): Fault =>
  faultIn(name, /^terraform\/(?:modules\/)?[^/]+\/main\.tf$/, mistake);

/** Each fault changes the meaning of a module, which the readers of modules and states must notice. */
export const moduleFaults: readonly Fault[] = [
  fault('another action', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  fault('an Allow that denies', replaced(/(Effect += )"Allow"/, '$1"Deny"')),
  fault('a principal of another account', replaced(/(AWS = .*)111122223333/, '$1999999999999')),
  fault('a lost condition', withoutBlock(/^ +Condition = \{$/)),
  fault('a condition with another operator', replaced(/StringEquals( += \{)/, 'StringLike$1')),
  fault('a condition with another value', replaced(/("kms:ViaService" += )"[^"]*"/, '$1"planted.amazonaws.com"')),
  fault('a statement with a Sid', replaced(/( +)(Effect += "Allow")/, '$1Sid = "Planted"\n$1$2')),
  fault('another resource', replaced(/(Resource += )"\*"/, '$1"arn:aws:kms:eu-west-1:111122223333:key/1"')),
  fault('a key that rotates', replaced(/enable_key_rotation( += )false/, 'enable_key_rotation$1true')),
  fault('another rotation period', replaced(/(rotation_period_in_days += )180/, '$1181')),
  fault('a key with another usage', replaced(/(key_usage += )"SIGN_VERIFY"/, '$1"ENCRYPT_DECRYPT"')),
  fault('a key with another spec', replaced(/(customer_master_key_spec += )"RSA_2048"/, '$1"RSA_4096"')),
  fault('a key that is enabled', replaced(/(is_enabled += )false/, '$1true')),
  fault('a multi-Region key', replaced(/(multi_region += )false/, '$1true')),
  fault('another pending window', replaced(/(deletion_window_in_days += )(?!8\b)\d+/, '$18')),
  fault('another description', replaced(/(description += )"[^"]+"/, '$1"Planted"')),
  fault('a tag with another value', replaced(/(\n {2}tags = \{\n +(?:"[^"]*"|\w+) += )".*"/, '$1"planted"')),
  fault('an alias with another name', replaced(/"alias\//, '"alias/planted/')),
  fault('a replica in the region of its primary', replaced(/("aws_kms_replica_key" .*\n) +provider += .*\n/, '$1')),
  fault('a grant of another operation', replaced(/(operations += \[)"Decrypt"/, '$1"Encrypt"')),
  fault('a grant with another context', replaced(/(encryption_context_equals += \{[^}]*= )"[^"]*"/, '$1"planted"')),
  fault('a role that trusts another service', replaced(/"lambda\.amazonaws\.com"/, '"ecs.amazonaws.com"')),
  fault('an identity policy of another name', replaced(/(name += )"keywright-/, '$1"planted-')),
  fault('a lost alias', withoutBlock(/^resource "aws_kms_alias" /)),
];

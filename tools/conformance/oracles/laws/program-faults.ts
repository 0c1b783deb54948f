import { fault as faultIn, type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';

const fault = (name: string, mistake: Mistake): Fault => faultIn(name, /^pulumi\/[^/]+\/index\.ts$/, mistake);

/** Each fault changes the resources in a program's export, which the reader must notice. */
export const programFaults: readonly Fault[] = [
  fault('another action', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  fault('an Allow that denies', replaced(/Effect: "Allow"/, 'Effect: "Deny"')),
  fault('a principal of another account', replaced(/(AWS: .*)111122223333/, '$1999999999999')),
  fault('a lost condition', withoutBlock(/^ +Condition: \{$/)),
  fault('a condition with another operator', replaced(/StringEquals: \{/, 'StringLike: {')),
  fault('a condition with another value', replaced(/("kms:ViaService": )"[^"]*"/, '$1"planted.amazonaws.com"')),
  fault('a statement with a Sid', replaced(/Effect: "Allow"/, 'Sid: "Planted", Effect: "Allow"')),
  fault('another resource', replaced(/Resource: "\*"/, 'Resource: "arn:aws:kms:eu-west-1:111122223333:key/1"')),
  fault(
    'a key that is not retained',
    replaced(/protect: true,(\s+)retainOnDelete: true/, 'protect: false,$1retainOnDelete: false'),
  ),
  fault('a key that rotates', replaced(/enableKeyRotation: false/, 'enableKeyRotation: true')),
  fault('another rotation period', replaced(/rotationPeriodInDays: 180/, 'rotationPeriodInDays: 181')),
  fault('a key with another usage', replaced(/keyUsage: "SIGN_VERIFY"/, 'keyUsage: "ENCRYPT_DECRYPT"')),
  fault('a key with another spec', replaced(/customerMasterKeySpec: "RSA_2048"/, 'customerMasterKeySpec: "RSA_4096"')),
  fault('a key that is enabled', replaced(/isEnabled: false/, 'isEnabled: true')),
  fault('a single-Region key', replaced(/multiRegion: true/, 'multiRegion: false')),
  fault('another pending window', replaced(/deletionWindowInDays: (?!8\b)\d+/, 'deletionWindowInDays: 8')),
  fault('another description', replaced(/description: "[^"]+"/, 'description: "Planted"')),
  fault('a tag with another value', replaced(/(\n {4}tags: \{ ?\n? *(?:"[^"]*"|\w+): )"[^"]*"/, '$1"planted"')),
  fault('an alias with another name', replaced(/"alias\//, '"alias/planted/')),
  fault('a grant of another operation', replaced(/(operations: \[\s*)"Decrypt"/, '$1"Encrypt"')),
  fault('a role that trusts another service', replaced(/"lambda\.amazonaws\.com"/, '"ecs.amazonaws.com"')),
  fault('an identity policy of another name', replaced(/name: "keywright-/, 'name: "planted-')),
  fault('a key on its own that was a replica', replaced(/primaryKeyArn: [^,]+,/, 'primaryKeyArn: "planted",')),
];

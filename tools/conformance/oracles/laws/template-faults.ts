import { textFault } from '../../kit/templates/template-fault.ts';

/** Each fault changes the meaning of a template, which the reader must notice. */
export const templateFaults = [
  textFault('another action', (text) => text.replace('kms:Decrypt', 'kms:Encrypt')),
  textFault('an Allow that denies', (text) => text.replace('Effect: Allow', 'Effect: Deny')),
  textFault('a principal of another account', (text) => text.replace(/(AWS: .*)111122223333/, '$1999999999999')),
  textFault('a condition with another operator', (text) => text.replace('StringEquals:', 'StringLike:')),
  textFault('a statement with a Sid', (text) =>
    text.replace('- Effect: Allow', '- Sid: Planted\n            Effect: Allow'),
  ),
  textFault('a key that is not retained', (text) =>
    text.replace('DeletionPolicy: RetainExceptOnCreate', 'DeletionPolicy: Delete'),
  ),
  textFault('a key that rotates', (text) => text.replace('EnableKeyRotation: false', 'EnableKeyRotation: true')),
  textFault('a key with another usage', (text) => text.replace('KeyUsage: SIGN_VERIFY', 'KeyUsage: ENCRYPT_DECRYPT')),
  textFault('a key that is enabled', (text) => text.replace(/Enabled: false\n/, 'Enabled: true\n')),
  textFault('a tag with another value', (text) => text.replace(/(- Key: .*\n +Value: ).*/, '$1planted')),
  textFault('an alias with another name', (text) => text.replace('AliasName: alias/', 'AliasName: alias/planted/')),
  textFault('another pending window', (text) =>
    text.replace(/PendingWindowInDays: (?!8\b)\d+/, 'PendingWindowInDays: 8'),
  ),
  textFault('a role that trusts another service', (text) =>
    text.replace('Service: lambda.amazonaws.com', 'Service: ecs.amazonaws.com'),
  ),
  textFault('an identity policy of another name', (text) => text.replace('PolicyName: ', 'PolicyName: planted-')),
  textFault('a property that nobody reads', (text) =>
    text.replace('EnableKeyRotation:', 'Planted: true\n      EnableKeyRotation:'),
  ),
  textFault('a parameter that is not given', (text) =>
    text.replace(/PrimaryKeyArn: !Ref .*/, 'PrimaryKeyArn: !Ref Nobody'),
  ),
];

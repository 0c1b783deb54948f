import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { nearest } from '@keywright/core/diagnostics/suggestion';
import { conditionKeyNamed, suggestions } from '../facts/condition-key-names.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; near: string | undefined }>({
  code: 'KW7011',
  severity: 'warning',
  title: 'A condition key that requests to KMS do not have',
  message: ({ key }) => `requests to KMS have no condition key \`${key}\``,
  help: ({ near }) =>
    near === undefined ? 'see the condition keys of KMS, and those of every service' : `did you mean \`${near}\`?`,
  explanation: `A condition on a key that a request does not have is not met, so that the Allow allows nothing and the Deny denies nothing;
with a negated operator it is always met. KMS accepts any name. Keys of KMS start with \`kms:\`, those of every service
with \`aws:\`; upper and lower case are the same. Keys of identity providers (\`accounts.google.com:sub\`) are not checked. A key
that is newer than this version of Keywright can be suppressed.
Source: Service Authorization Reference, "Condition keys for AWS Key Management Service"; IAM User Guide, "AWS global
condition context keys".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContex:tenant": a } } }`,
    right: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
  },
});

/** Every condition key is one that a request to KMS can have. */
export const conditionKeysExist: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, ref } }) =>
    conditions.flatMap(({ key }): readonly Diagnostic[] => {
      if (conditionKeyNamed(key) !== undefined || isOfIdentityProvider(key)) return [];
      return [report(definition, ref.source.span, { key, near: suggestionFor(key) })];
    }),
};

/** `accounts.google.com:sub`, `saml:aud`: keys that federated sessions carry. */
function isOfIdentityProvider(key: string): boolean {
  const prefix = key.slice(0, key.indexOf(':'));
  return prefix.includes('.') || prefix.toLowerCase() === 'saml' || prefix.toLowerCase() === 'sts';
}

/** `kms:EncryptionContex:tenant` probably means `kms:EncryptionContext:tenant`. */
function suggestionFor(key: string): string | undefined {
  const family = /^(\w+:\w+[:/])(.+)$/.exec(key);
  if (family?.[1] === undefined || family[2] === undefined) return nearest(key, suggestions);
  const near = nearest(`${family[1]}<name>`, suggestions);
  return near?.replace('<name>', family[2]);
}

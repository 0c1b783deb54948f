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
    near === undefined
      ? 'check the name against the condition keys of KMS and the global ones'
      : `did you mean \`${near}\`?`,
  explanation: `If a request lacks the condition key, the condition is not met: the Allow allows nothing and the Deny denies nothing. With a
negated operator it is always met. KMS accepts any name. Its own condition keys start with \`kms:\`, global ones with
\`aws:\`; case does not matter. Keys of identity providers (\`accounts.google.com:sub\`) are not checked. If a condition key
is newer than this version of Keywright, suppress the finding.
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

/** Whether federated sessions carry the key: `accounts.google.com:sub`, `saml:aud`. */
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

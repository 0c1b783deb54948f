import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { conditionKeyNamed, suggestions } from '../facts/condition-key-names.ts';
import { isStsKey, stsSuggestions } from '../facts/sts-condition-keys.ts';
import { isClaim } from './read/assume-request.ts';
import { insteadOfKey, type UnknownKey, unknownKeys } from './read/unknown-keys.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<UnknownKey & { role: string }>({
  code: 'KW7041',
  severity: 'warning',
  title: 'A condition key that requests to assume a role do not have',
  message: ({ key, role }) =>
    `the trust policy of the role \`${role}\` tests \`${key}\`, which requests to assume a role do not have`,
  help: (unknown) => insteadOfKey(unknown, 'STS'),
  explanation: `If a request lacks the condition key, the condition is never met, so nobody can assume the role. With a negated operator
or \`IfExists\`, the condition is always met, and everyone in \`assumedBy\` can assume the role. IAM accepts any name, and case does not
matter. Claims of identity providers (\`accounts.google.com:sub\`) are not checked, and a condition key newer than this version of Keywright
is reported too. [KW7011](KW7011.md) is the same rule for statements about keys.
Source: Service Authorization Reference, "Condition keys for AWS Security Token Service"; IAM User Guide, "AWS global condition
context keys".`,
  example: {
    wrong: `stacks:
  main:
    principals:
      reports: { role: { assumedBy: scheduler.amazonaws.com, when: { StringEquals: { "aws:SourceAcount": "\${account}" } } } }`,
    right: `stacks:
  main:
    principals:
      reports: { role: { assumedBy: scheduler.amazonaws.com, when: { StringEquals: { "aws:SourceAccount": "\${account}" } } } }`,
  },
});

export const trustConditionKeysExist: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role: { name }, statement: { conditions, source } }) =>
    unknownKeys(conditions, isKnown, ofSts).map((unknown) =>
      report(definition, source.span, { ...unknown, role: name }),
    ),
};

const ofSts = [...suggestions.filter((key) => !key.startsWith('kms:')), ...stsSuggestions];

/** Whether a condition key exists. Condition keys of KMS do; another rule reports that no request for a role has them. */
function isKnown(key: string): boolean {
  return conditionKeyNamed(key) !== undefined || isStsKey(key) || isClaim(key);
}

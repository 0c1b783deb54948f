import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KeySpec } from '@keywright/core/kms/key-specs';
import { usesOf } from '../facts/actions.ts';
import type { KeyTraits, PolicyCondition } from '../picture.ts';
import { shown, type Value } from '../value/value.ts';
import { mustMatch } from './read/conditions.ts';
import { listed } from './read/names.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; spec: KeySpec; services: readonly string[] }>({
  code: 'KW7046',
  severity: 'warning',
  title: 'A service that does not use keys of this kind',
  message: ({ key, spec, services }) =>
    `no request for \`${key}\` (${spec}) comes through ${listed(services)}: such services use symmetric encryption keys only`,
  help: () => 'remove `via` or the condition on `kms:ViaService`: applications call KMS directly to use this key',
  explanation: `AWS services that are integrated with KMS use symmetric encryption keys only. A grant with \`via\`, or another
condition that requires \`kms:ViaService\`, lets nobody use an asymmetric key or a key for HMAC, and a Deny with such a condition
denies nothing. The exception is AWS License Manager, which signs licenses with asymmetric keys for SIGN_VERIFY. Statements that
only describe or administer the key are not reported.
Sources: AWS KMS Developer Guide, "Asymmetric keys in AWS KMS" and "Create an asymmetric KMS key"; AWS License Manager User Guide,
"Cryptographic signing of licenses".`,
  example: {
    wrong: `keys:
  receipts:
    spec: HMAC_256
    grants:
      - { to: ordersApi, can: generateMac, via: lambda }`,
    right: `keys:
  receipts:
    spec: HMAC_256
    grants:
      - { to: ordersApi, can: generateMac }`,
  },
});

/** A condition on the calling service can be met by at least one service that uses keys of this kind. */
export const servicesCanUseSuchKeys: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const traits = key?.traits;
    if (key === undefined || traits === undefined || traits.spec === 'SYMMETRIC_DEFAULT') return [];
    if (!hasAny(operationsIn(statement), usesOf(traits.usage))) return [];
    return statement.conditions.filter(requiresService).flatMap(({ values }): readonly Diagnostic[] => {
      if (values.some((value) => isPossible(value, traits))) return [];
      const parameters = { key: key.name, spec: traits.spec, services: values.map(shown) };
      return [report(definition, statement.ref.source.span, parameters)];
    });
  },
};

function requiresService(condition: PolicyCondition): boolean {
  return condition.key.toLowerCase() === 'kms:viaservice' && mustMatch(condition);
}

function isPossible(host: Value, { usage }: KeyTraits): boolean {
  return usage === 'SIGN_VERIFY' && /^(license-manager\.|[^.]*[*?$])/.test(shown(host));
}

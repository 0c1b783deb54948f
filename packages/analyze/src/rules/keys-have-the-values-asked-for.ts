import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { shown } from '../value/value.ts';
import { listed } from './read/names.ts';
import { impossibleFor } from './read/never-met.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{
  condition: string;
  operator: string;
  values: readonly string[];
  key: string;
  possible: readonly string[];
}>({
  code: 'KW7024',
  severity: 'warning',
  title: 'A condition on a value that the key never has',
  message: ({ condition, operator, values, key, possible }) =>
    `no request for \`${key}\` meets \`${operator}\` on \`${condition}\` with ${listed(values)}: ${possible.length === 0 ? 'a replica is never in the region of its key' : `the value is always ${oneOf(possible)}`}`,
  // The help does not suggest removing the condition of a Deny: without it, everything would be denied.
  help: ({ possible }) =>
    `require ${possible.length === 0 ? 'the region of the replica' : oneOf(possible)}, or remove the statement or grant`,
  explanation: `The spec and the usage of a key decide which algorithms it works with: a symmetric key encrypts with
\`SYMMETRIC_DEFAULT\` alone, a key on P-384 signs with \`ECDSA_SHA_384\`. A condition that requires another algorithm is never met,
so the Allow allows nothing and the Deny denies nothing. The same goes for these conditions:

- on \`kms:KeySpec\`, \`kms:KeyUsage\`, \`kms:KeyOrigin\` or \`kms:MultiRegion\` with a value that the key does not have
- on \`kms:RequestAlias\` with an alias of another key
- on \`kms:ReplicaRegion\` with the region of the key itself, in an Allow
- on \`kms:GrantOperations\` with \`kms:Decrypt\` in place of \`Decrypt\`
- on \`kms:DataKeyPairSpec\`, \`kms:ExpirationModel\`, \`kms:WrappingAlgorithm\` or \`kms:WrappingKeySpec\` with a value that KMS does not
  have

If the algorithm belongs to another usage
altogether, [KW7010](KW7010.md) and [KW7012](KW7012.md) report it instead.
Source: AWS KMS Developer Guide, "Key spec reference" and "AWS KMS condition keys".`,
  example: {
    wrong: `spec: ECC_NIST_P384
usage: SIGN_VERIFY
grants:
  - { to: ordersApi, can: sign, when: { StringEquals: { "kms:SigningAlgorithm": ECDSA_SHA_256 } } }`,
    right: `spec: ECC_NIST_P384
usage: SIGN_VERIFY
grants:
  - { to: ordersApi, can: sign, when: { StringEquals: { "kms:SigningAlgorithm": ECDSA_SHA_384 } } }`,
  },
});

function oneOf(values: readonly string[]): string {
  return values.length > 1 ? `one of ${listed(values)}` : listed(values);
}

/** A condition on a property of the key requires a value that the key can have. */
export const keysHaveTheValuesAskedFor: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    if (key === undefined) return [];
    return statement.conditions.flatMap((condition): readonly Diagnostic[] => {
      const possible = impossibleFor(condition, statement, key);
      if (possible === undefined) return [];
      const { operator, values } = condition;
      const parameters = { condition: condition.key, operator, values: values.map(shown), key: key.name, possible };
      return [report(definition, statement.ref.source.span, parameters)];
    });
  },
};

import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isAboutKey, worksAcrossAccounts } from '../facts/actions.ts';
import { isOfAnotherAccount } from './read/accounts.ts';
import { granteesOf } from './read/grantees.ts';
import { listed } from './read/names.ts';
import { operationsOf } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string; actions: readonly string[] }>({
  code: 'KW7044',
  severity: 'warning',
  title: 'An action that KMS does not allow across accounts',
  message: ({ key, who, actions }) =>
    `KMS never lets ${listed([who])} do ${listed(actions)} with \`${key}\`, a key of another account`,
  help: () => 'remove the actions, or give them to a principal in the account of the key',
  explanation: `Other accounts can use a key, read its metadata, and create, list and end KMS grants. Everything else, such as
\`kms:PutKeyPolicy\`, \`kms:EnableKey\` and \`kms:ScheduleKeyDeletion\`, fails for them, whatever the policies say: nobody can
administer a key from another account. This includes grants on imported keys. If none of a principal’s permissions on a key of the project
works, [KW7021](KW7021.md) reports it.
Source: AWS KMS Developer Guide, "AWS KMS permissions", the column "Cross-account use".`,
  example: {
    wrong: `grants:
  - { to: partner, can: [decrypt, "kms:EnableKey"] } # of another account`,
    right: `grants:
  - { to: partner, can: decrypt }
  - { to: keyAdmins, can: "kms:EnableKey" }`,
  },
});

/**
 * A principal of another account is given only actions that work across accounts. If none of its actions on a key of the project does,
 * another rule reports the principal.
 */
export const actionsWorkAcrossAccounts: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }) => {
    if (key === undefined) return [];
    const actions = (statement.actions ?? []).filter(neverWorks);
    if (actions.length === 0) return [];
    return granteesOf(key, picture).flatMap(({ principal, name, given }): readonly Diagnostic[] => {
      if (!given.some((each) => each.statement === statement)) return [];
      if (principal === undefined || !isOfAnotherAccount(principal, key)) return [];
      const someWork = given.some(({ operations }) => [...operations].some(worksAcrossAccounts));
      if (key.policy !== undefined && !someWork) return [];
      return [report(definition, statement.ref.source.span, { key: key.name, who: name(), actions })];
    });
  },
};

/** Whether an action covers operations on keys, and none of these works across accounts. */
function neverWorks(action: string): boolean {
  const operations = operationsOf(action).filter(isAboutKey);
  return operations.length > 0 && !operations.some(worksAcrossAccounts);
}

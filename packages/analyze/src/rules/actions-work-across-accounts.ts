import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isAboutKey, worksAcrossAccounts } from '../facts/actions.ts';
import { isOfAnotherAccount } from './read/accounts.ts';
import { granteesOf } from './read/grantees.ts';
import { listed } from './read/names.ts';
import { operationsOf } from './read/operations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string; actions: readonly string[] }>({
  code: 'KW7044',
  severity: 'warning',
  title: 'An action that KMS does not allow across accounts',
  message: ({ key, who, actions }) =>
    `KMS never lets ${listed([who])} do ${listed(actions)} with \`${key}\`, a key of another account`,
  help: () => 'remove the actions, or give them to a principal in the account of the key',
  explanation: `Other accounts can use a key, read its metadata, and create, list and end KMS grants. Everything else, such as
\`kms:PutKeyPolicy\`, \`kms:EnableKey\` and \`kms:ScheduleKeyDeletion\`, fails for them, whatever the policies say: nobody can
administer a key from another account. If none of the principal’s permissions works, [KW7021](KW7021.md) reports it.
Source: AWS KMS Developer Guide, "AWS KMS permissions", the column "Cross-account use".`,
  example: {
    wrong: `grants:
  - { to: partner, can: [decrypt, "kms:EnableKey"] } # of another account`,
    right: `grants:
  - { to: partner, can: decrypt }
  - { to: keyAdmins, can: "kms:EnableKey" }`,
  },
});

/** A principal of another account is given only actions that work across accounts. */
export const actionsWorkAcrossAccounts: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) =>
    granteesOf(key, picture).flatMap(({ principal, name, given }): readonly Diagnostic[] => {
      if (principal === undefined || !isOfAnotherAccount(principal, key)) return [];
      if (!given.some(({ operations }) => [...operations].some(worksAcrossAccounts))) return [];
      return given.flatMap(({ statement, source }) => {
        const actions = (statement?.actions ?? []).filter((action) => {
          const operations = operationsOf(action).filter(isAboutKey);
          return operations.length > 0 && !operations.some(worksAcrossAccounts);
        });
        return actions.length === 0 ? [] : [report(definition, source.span, { key: key.name, who: name(), actions })];
      });
    }),
};

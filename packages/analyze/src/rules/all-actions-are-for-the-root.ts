import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { shown } from '../value/value.ts';
import { isOwnRoot } from './read/accounts.ts';
import { holderOf, listed, nameOf } from './read/names.ts';
import { isAboutEverything } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: readonly string[] }>({
  code: 'KW7005',
  severity: 'warning',
  title: 'All actions, for someone other than the account root',
  message: ({ key, who }) => `${listed(who)} can do everything with \`${key}\``,
  help: () => 'grant only what is needed, such as `administer` or `encryptDecrypt`',
  explanation: `\`kms:*\` is for the account root, which does nothing itself and leaves the decision to IAM policies. Anyone else with
\`kms:*\` can decrypt everything, change the key policy and delete the key, and gets every action that KMS adds later. Administering a key
and using it are jobs for different people: see [KW7006](KW7006.md).
Source: AWS KMS Developer Guide, "Least-privilege permissions"; AWS Prescriptive Guidance, "AWS KMS best practices",
"Key policies".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: "kms:*" }`,
    right: `grants:
  - { to: ordersApi, can: encryptDecrypt }`,
  },
});

export const allActionsAreForTheRoot: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }) => {
    if (statement.effect === 'Deny' || !isAboutEverything(statement)) return [];
    const { ref, principals, resources = [] } = statement;
    const others = principals?.filter((named) => key === undefined || !isOwnRoot(named, key));
    const who = others?.map((named) => nameOf(named, picture)) ?? [holderOf(statement, picture)];
    if (who.length === 0) return [];
    return [report(definition, ref.source.span, { key: key?.name ?? resources.map(shown).join(', '), who })];
  },
};

import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Provenance } from '@keywright/core/ir/policy';
import { decide } from '../decide.ts';
import { isAboutKey } from '../facts/actions.ts';
import { requesterOf } from '../named-principal.ts';
import type { NamedPrincipal, Picture, PictureKey, PolicyStatement, StatementRef } from '../picture.ts';
import type { Principal } from '../principal.ts';
import { principalId } from '../principal-id.ts';
import { equals } from '../value/compare.ts';
import { shown } from '../value/value.ts';
import { isAboutEverything, operationsIn } from './facts/actions.ts';
import { isOwnRoot } from './read/accounts.ts';
import { identityStatementsOn } from './read/identity.ts';
import { nameOf } from './read/names.ts';
import { voidedBy } from './read/relations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string; why: string }>({
  code: 'KW7021',
  severity: 'warning',
  title: 'A grantee who is not let in',
  message: ({ key, who, why }) => `\`${who}\` can do nothing of what it is given on \`${key}\`: ${why}`,
  help: () => 'remove the grant or statement, or what stands against it',
  explanation: `Somebody is named, and yet nothing of it comes true: a Deny takes it all away; a condition asks for what the request of such a
principal never has (\`aws:SourceArn\` of a role); the actions are some that KMS lets nobody of another account do; or the
principal is none, such as a role with a wildcard in its ARN. It is decided as KMS would decide it; where that depends on
what only the deployment or the request knows, it is taken to come true. If a part of what is given is of use, nothing is
said.
Source: AWS KMS Developer Guide, "Troubleshooting key access"; IAM User Guide, "Policy evaluation logic".`,
  example: {
    wrong: `grants:
  - { to: partner, can: "kms:EnableKey" } # of another account`,
    right: `grants:
  - { to: partner, can: decrypt }`,
  },
});

/** Whoever is named in an Allow, a policy or a KMS grant can do something of what it says. */
export const granteesGetIn: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) => {
    const nothingIsDenied = (key.policy ?? []).every(({ effect }) => effect === 'Allow');
    return [...granteesOf(key, picture)].flatMap(({ principal, who, given, statements }): readonly Diagnostic[] => {
      const [first] = given;
      if (first === undefined) return [];
      // Most are let in as a look at the statements tells; a decision takes longer.
      const letsIn = (statement: PolicyStatement) => principal !== undefined && surelyLetsIn(statement, principal, key);
      if (nothingIsDenied && statements.some(letsIn)) return [];
      const say = (why: string, related: readonly StatementRef[] = []) => [
        report(
          definition,
          first.source.span,
          { key: key.name, who, why },
          related.map(({ source }) => ({ message: 'this denies it', span: source.span })),
        ),
      ];
      if (principal === undefined) return say('it is nobody that a request can come from');
      // What a Deny takes away as a whole is another rule's.
      const isVoid = (statement: PolicyStatement) => voidedBy(statement, key.policy ?? []) !== undefined;
      if (statements.length > 0 && statements.every(isVoid)) return [];
      const denials: StatementRef[] = [];
      for (const operation of new Set(given.flatMap(({ operations }) => [...operations]))) {
        const { decision, by } = decide(picture, { principal, action: `kms:${operation}`, key });
        if (decision === 'allow' || decision === 'dependsOn') return [];
        if (decision === 'explicitDeny') denials.push(...by);
      }
      if (denials.length === 0) return say('no request of it meets what the statements ask for');
      return say('it is denied', [...new Set(denials)]);
    });
  },
};

/** Whether there is nothing in a statement that a request of its own account could fail. */
function surelyLetsIn(statement: PolicyStatement, principal: Principal, key: PictureKey): boolean {
  const { conditions, resources, ref } = statement;
  if (conditions.length > 0 || ![...operationsIn(statement)].some(isAboutKey)) return false;
  const isClose =
    principal.kind === 'service' || ('account' in principal && equals(principal.account, key.account) === true);
  return isClose && (ref.kind === 'identityPolicy' ? trusts(key) : resources?.includes('*') === true);
}

/** Whether the key leaves everything to the policies of its account. */
function trusts(key: PictureKey): boolean {
  return (key.policy ?? []).some(
    (statement) =>
      statement.conditions.length === 0 &&
      isAboutEverything(statement) &&
      statement.resources?.includes('*') === true &&
      statement.principals?.some((named) => isOwnRoot(named, key)) === true,
  );
}

interface Grantee {
  /** Absent of a name that nobody has. */
  readonly principal: Principal | undefined;
  readonly who: string;
  readonly given: { readonly operations: Iterable<string>; readonly source: Provenance }[];
  /** The statements among it. */
  readonly statements: PolicyStatement[];
}

/** Everyone who is given something on a key, with all of it. */
function granteesOf(key: PictureKey, picture: Picture): Iterable<Grantee> {
  const grantees = new Map<string, Grantee>();
  const granteeOf = (id: string, principal: Principal | undefined, who: () => string): Grantee => {
    const known = grantees.get(id);
    if (known !== undefined) return known;
    const grantee: Grantee = { principal, who: who(), given: [], statements: [] };
    grantees.set(id, grantee);
    return grantee;
  };
  const named = (name: NamedPrincipal): Grantee | undefined => {
    // Not everyone, nor those of whom the account's own policies decide.
    if (name.kind === 'anyone' || name.kind === 'federated' || isOwnRoot(name, key)) return undefined;
    const principal = requesterOf(name);
    const id = name.kind === 'session' ? shown(name.arn) : principal && principalId(principal);
    return granteeOf(id ?? `none ${nameOf(name, picture)}`, principal, () => nameOf(name, picture));
  };

  for (const statement of key.policy ?? []) {
    if (statement.effect === 'Deny') continue;
    const given = { operations: operationsIn(statement), source: statement.ref.source };
    for (const name of statement.principals ?? []) {
      const grantee = named(name);
      grantee?.given.push(given);
      grantee?.statements.push(statement);
    }
  }
  for (const [holder, statement] of identityStatementsOn(key)) {
    const known = picture.principalsById.get(holder);
    if (known === undefined) continue;
    const grantee = granteeOf(holder, known.principal, () => known.name);
    grantee.given.push({ operations: operationsIn(statement), source: statement.ref.source });
    grantee.statements.push(statement);
  }
  for (const { grantee: name, operations, ref } of key.grants) {
    named(name)?.given.push({ operations, source: ref.source });
  }
  return grantees.values();
}

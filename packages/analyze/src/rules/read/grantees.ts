import type { Provenance } from '@keywright/core/ir/policy';
import { requesterOf } from '../../named-principal.ts';
import type { NamedPrincipal, Picture, PictureKey, PolicyStatement } from '../../picture.ts';
import type { Principal } from '../../principal.ts';
import { principalId } from '../../principal-id.ts';
import { shown } from '../../value/value.ts';
import { isOwnRoot } from './accounts.ts';
import { identityStatementsOn } from './identity.ts';
import { nameOf } from './names.ts';
import { operationsIn } from './operations.ts';

/** Someone who is given something on a key. */
export interface Grantee {
  /** Absent of a name that nobody has. */
  readonly principal: Principal | undefined;
  /** How messages call it. */
  readonly name: () => string;
  readonly given: { readonly operations: Iterable<string>; readonly source: Provenance }[];
  /** The statements among it; the others are KMS grants. */
  readonly statements: PolicyStatement[];
}

/** Everyone who is given something on a key, with all of it. */
export function granteesOf(key: PictureKey, picture: Picture): readonly Grantee[] {
  const grantees = new Map<string, Grantee>();
  const granteeOf = (id: string, principal: Principal | undefined, name: () => string): Grantee => {
    const known = grantees.get(id);
    if (known !== undefined) return known;
    const grantee: Grantee = { principal, name, given: [], statements: [] };
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
  return [...grantees.values()];
}

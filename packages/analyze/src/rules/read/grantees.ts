import type { Provenance } from '@keywright/core/ir/policy';
import { requesterOf } from '../../named-principal.ts';
import type { NamedPrincipal, Picture, PictureGrant, PictureKey, PolicyStatement } from '../../picture.ts';
import type { Principal } from '../../principal.ts';
import { principalId } from '../../principal-id.ts';
import { shown } from '../../value/value.ts';
import { isOwnRoot } from './accounts.ts';
import { identityStatementsOn } from './identity.ts';
import { nameOf } from './names.ts';
import { operationsIn } from './operations.ts';

/** A principal, and what statements and KMS grants allow it on a key. */
export interface Grantee {
  /** Absent for a name that no caller has. */
  readonly principal: Principal | undefined;
  /** The principal's name in messages. */
  readonly name: () => string;
  readonly given: Given[];
}

/** What a statement or a KMS grant allows. */
export interface Given {
  readonly operations: ReadonlySet<string>;
  readonly source: Provenance;
  /** Absent for a KMS grant. */
  readonly statement?: PolicyStatement;
  /** The encryption context that a KMS grant requires. */
  readonly encryptionContext?: PictureGrant['encryptionContext'];
}

/** The principals that have permissions on a key, each with all of its permissions. */
export function granteesOf(key: PictureKey, picture: Picture): readonly Grantee[] {
  const grantees = new Map<string, Grantee>();
  const granteeOf = (id: string, principal: Principal | undefined, name: () => string): Grantee => {
    const existing = grantees.get(id);
    if (existing !== undefined) return existing;
    const grantee: Grantee = { principal, name, given: [] };
    grantees.set(id, grantee);
    return grantee;
  };
  const named = (name: NamedPrincipal): Grantee | undefined => {
    // Excludes everyone, and principals that depend on their own account's policies.
    if (name.kind === 'anyone' || name.kind === 'federated' || isOwnRoot(name, key)) return undefined;
    const principal = requesterOf(name);
    const id = name.kind === 'session' ? shown(name.arn) : principal && principalId(principal);
    return granteeOf(id ?? `none ${nameOf(name, picture)}`, principal, () => nameOf(name, picture));
  };

  for (const statement of key.policy ?? []) {
    if (statement.effect === 'Deny') continue;
    const access = { operations: operationsIn(statement), source: statement.ref.source, statement };
    for (const name of statement.principals ?? []) named(name)?.given.push(access);
  }
  for (const [holder, statement] of identityStatementsOn(key)) {
    const principal = picture.principalsById.get(holder);
    if (principal === undefined || statement.effect === 'Deny') continue;
    const grantee = granteeOf(holder, principal.principal, () => principal.name);
    grantee.given.push({ operations: operationsIn(statement), source: statement.ref.source, statement });
  }
  for (const { grantee: name, operations, ref, encryptionContext } of key.grants) {
    named(name)?.given.push({ operations: new Set(operations), source: ref.source, encryptionContext });
  }
  return [...grantees.values()];
}

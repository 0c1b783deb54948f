import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import { administeringOf, usesOf } from '../facts/actions.ts';
import { requesterOf } from '../named-principal.ts';
import type { Picture, PictureKey, PolicyStatement } from '../picture.ts';
import type { Principal } from '../principal.ts';
import { describePrincipal } from '../principal-account.ts';
import { principalId } from '../principal-id.ts';
import { identityStatementsOn } from './read/identity.ts';
import { hasAny, isAboutEverything, operationsIn } from './read/operations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string }>({
  code: 'KW7006',
  severity: 'warning',
  title: 'A principal that administers and uses a key',
  message: ({ key, who }) => `\`${who}\` both administers \`${key}\` and uses it`,
  help: () => 'give administration and use to different roles',
  explanation: `An administrator decides who can use a key, and a user sees what the key protects. Nobody checks a principal that does both,
and auditors ask for separation of duties. Here, administering means \`kms:PutKeyPolicy\`, \`kms:ScheduleKeyDeletion\` or
\`kms:DisableKey\`; for a multi-Region key also \`kms:ReplicateKey\`, which chooses the key policy of the replica; and for a key with
imported material also \`kms:DeleteImportedKeyMaterial\`. Using means encrypting, decrypting, signing, or generating MACs, data keys or
shared secrets. A principal that has both through \`kms:*\` is reported as [KW7005](KW7005.md).
Source: AWS KMS Developer Guide, "Least-privilege permissions"; NIST SP 800-57 Part 2, "Separation of duties".`,
  example: {
    wrong: `admins: [keyAdmins]
grants:
  - { to: keyAdmins, can: decrypt }`,
    right: `admins: [keyAdmins]
grants:
  - { to: ordersApi, can: decrypt }`,
  },
});

/** Nobody both administers a key and uses it. */
export const administratorsDoNotUse: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) => {
    const administering = administeringOf(key.traits ?? { multiRegion: false, origin: 'AWS_KMS' });
    const administrators = holdersOf(administering, key, picture);
    if (administrators.size === 0) return [];
    const usable = usesOf(key.traits?.usage);
    const findings: Diagnostic[] = [];
    for (const [id, { principal, statement }] of holdersOf(usable, key, picture)) {
      const administration = administrators.get(id)?.statement;
      if (administration === undefined) continue;
      // No service administers keys on behalf of its callers. Only requests without a service matter here.
      if (!can(principal, administering, key, picture, null) || !can(principal, usable, key, picture)) continue;
      const who = picture.principalsById.get(id)?.name ?? describePrincipal(principal);
      const related = [{ message: 'this lets it administer the key', span: administration.ref.source.span }];
      findings.push(report(definition, statement.ref.source.span, { key: key.name, who }, related));
    }
    return findings;
  },
};

interface Holder {
  readonly principal: Principal;
  /** The first statement that gives the principal one of the operations. */
  readonly statement: PolicyStatement;
}

/** The roles and users that statements allow one of these operations, by id. Statements that allow every operation do not count. */
function holdersOf(operations: readonly string[], key: PictureKey, picture: Picture): ReadonlyMap<string, Holder> {
  const byId = new Map<string, Holder>();
  const add = (principal: Principal | undefined, statement: PolicyStatement) => {
    if (principal === undefined) return;
    const id = principalId(principal);
    if (!byId.has(id)) byId.set(id, { principal, statement });
  };
  const gives = (statement: PolicyStatement) =>
    statement.effect === 'Allow' && hasAny(operationsIn(statement), operations) && !isAboutEverything(statement);
  for (const statement of key.policy ?? []) {
    if (!gives(statement)) continue;
    for (const named of statement.principals ?? []) {
      if (named.kind === 'role' || named.kind === 'user' || named.kind === 'session')
        add(requesterOf(named), statement);
    }
  }
  for (const [holder, statement] of identityStatementsOn(key)) {
    if (gives(statement)) add(picture.principalsById.get(holder)?.principal, statement);
  }
  return byId;
}

/**
 * Whether a principal can, or might, perform one of these operations: a Deny may override the statements that allow it.
 * `via`: `null` for requests that come through no service.
 */
function can(
  principal: Principal,
  operations: readonly string[],
  key: PictureKey,
  picture: Picture,
  via?: null,
): boolean {
  return operations.some((operation) => {
    const request = {
      principal,
      action: `kms:${operation}`,
      key,
      beyond: 'nothing',
      ...(via === null && { via }),
    } as const;
    const { decision } = decide(picture, request);
    return decision === 'allow' || decision === 'dependsOn';
  });
}

import type { Program } from '@keywright/core/ir/program';
import type { Draft } from '../draft/draft.ts';
import { identityOf } from '../meaning/meaning.ts';
import { applyEquivalent, type Proposal, type Sense } from './keep.ts';
import { type Member, membersOf } from './members.ts';
import { type PolicyParts, partsOf } from './policy-parts.ts';

/**
 * Replaces key policies by the default statement, statements, admins, services and grants that give the same policy. For each policy, tries
 * everything that can be recognised first, then fewer grants, then the default statement alone.
 */
export function recognisePolicies(draft: Draft, program: Program, sense: Sense): Draft {
  let current = draft;
  // Keys that the language cannot express are not in the draft.
  const members = membersOf(program).filter((member) => member.definitionIn(draft) !== undefined);
  let open = members.flatMap((member) => {
    const candidates = candidatesFor(member);
    return candidates.length === 0 ? [] : [{ member, candidates }];
  });
  while (open.length > 0) {
    const proposals = open.flatMap(({ member, candidates: [first] }): Proposal[] =>
      first === undefined
        ? []
        : [
            {
              unit: unitOf(member),
              entries: [member.entry],
              apply: (changed) => rewrite(member, first, changed),
            },
          ],
    );
    const { draft: next, kept } = applyEquivalent(current, proposals, sense);
    current = next;
    open = open.flatMap(({ member, candidates: [, ...others] }) =>
      kept.has(unitOf(member)) || others.length === 0 ? [] : [{ member, candidates: others }],
    );
  }
  return current;
}

function unitOf({ stack, resource }: Member): string {
  return `${stack.name} ${identityOf(resource, stack)}`;
}

/** Returns ways to write a policy, the shortest first. Ways that would change nothing are left out. */
function candidatesFor(member: Member): readonly PolicyParts[] {
  const unlimited = Number.POSITIVE_INFINITY;
  const all = partsOf(member, { most: unlimited, anyActions: false });
  const counts = new Set([all.grants.length, Math.ceil(all.grants.length / 2), Math.min(1, all.grants.length), 0]);
  const parts = [...counts].map((most) => partsOf(member, { most, anyActions: false }));
  const plain = parts.at(-1);
  if (plain !== undefined) {
    const { statements } = member.resource.policy;
    const count = statements.length - (plain.startsWithDefault ? 1 : 0);
    parts.push({ ...plain, statements: count, admins: [], services: [], grants: [] });
  }
  // A grant that lists actions is no shorter than a statement. It helps only if admins or services before the grant are then recognised.
  const most = partsOf(member, { most: unlimited, anyActions: true });
  if (most.admins.length + most.services.length > all.admins.length + all.services.length) parts.unshift(most);
  const texts = new Map(parts.map((one) => [JSON.stringify(one), one]));
  return [...texts.values()].filter(
    ({ startsWithDefault, admins, services, grants }) =>
      startsWithDefault || admins.length + services.length + grants.length > 0,
  );
}

function rewrite(member: Member, parts: PolicyParts, draft: Draft): void {
  const definition = member.definitionIn(draft);
  const policy = definition?.policy;
  if (definition === undefined || !Array.isArray(policy)) return;
  const { startsWithDefault, admins, services, grants } = parts;
  const start = startsWithDefault ? 1 : 0;
  const statements = policy.slice(start, start + parts.statements);
  if (startsWithDefault) delete definition.policy;
  else definition.policy = statements;
  if (startsWithDefault && statements.length > 0) definition.statements = statements;
  if (admins.length > 0) definition.admins = [...admins];
  if (services.length > 0) definition.services = [...services];
  if (grants.length > 0) definition.grants = [...grants];
}

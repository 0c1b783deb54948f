import type { Program } from '@keywright/core/ir/program';
import { kmsDefaultPolicyId } from '@keywright/core/language/statement';
import type { Draft } from '../draft/draft.ts';
import { applyEquivalent, type Proposal, type Sense } from './keep.ts';
import { type Member, membersOf } from './members.ts';

/** Writes the name of KMS's default key policy in place of its statement, in key policies that start with this statement. */
export function nameKmsDefaultPolicies(draft: Draft, program: Program, sense: Sense): Draft {
  const members = membersOf(program).filter((member) => member.definitionIn(draft)?.policyId === kmsDefaultPolicyId);
  const proposals = members.map(
    (member): Proposal => ({
      unit: `${member.stack.name} ${member.resource.id}`,
      entries: [member.entry],
      apply: (changed) => rewrite(member, changed),
    }),
  );
  return applyEquivalent(draft, proposals, sense).draft;
}

function rewrite(member: Member, draft: Draft): void {
  const definition = member.definitionIn(draft);
  if (definition === undefined || !Array.isArray(definition.policy)) return;
  const statements = [...definition.policy.slice(1), ...(definition.statements ?? [])];
  definition.policy = kmsDefaultPolicyId;
  delete definition.policyId;
  if (statements.length > 0) definition.statements = statements;
}

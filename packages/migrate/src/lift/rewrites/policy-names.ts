import type { Program } from '@keywright/core/ir/program';
import type { Draft, Entry } from '../draft/draft.ts';
import { applyEquivalent, type Proposal, type Sense } from './keep.ts';

/** Leaves out the name of an inline policy if the name is Keywright's default. */
export function dropPolicyNames(draft: Draft, _: Program, sense: Sense): Draft {
  const proposals = Object.entries(draft.stacks ?? {}).flatMap(([stack, { identityPolicies = {} }]) =>
    Object.entries(identityPolicies).flatMap(([name, { policyName }]): Proposal[] => {
      if (policyName === undefined) return [];
      const entry: Entry = { stack, section: 'identityPolicies', name };
      const apply = (changed: Draft) => {
        delete changed.stacks?.[stack]?.identityPolicies?.[name]?.policyName;
      };
      return [{ unit: `${stack} ${name}`, entries: [entry], apply }];
    }),
  );
  return applyEquivalent(draft, proposals, sense).draft;
}

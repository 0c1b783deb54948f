import { type InlinePrincipal, identify, type NamedPrincipal } from '../language/principal.ts';
import type { Located } from '../project/located.ts';
import { membersOf } from '../project/members.ts';
import type { Project } from '../project/project.ts';
import { textsInEnvironments } from '../resolve/texts-in-environments.ts';

/**
 * The reasons that a project gives for access, under `principals` and in place, by the account id, organization id, path of an
 * organizational unit or ARN that they are for. A reason for a group (`anyOf`) is one for each of its members.
 */
export function readReasons(project: Project): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const textsOf = textsInEnvironments(project);
  const { principals, standards, keySets, stacks } = project;
  const named = [principals, standards, keySets, stacks];
  const definitions = named
    .flatMap((section): readonly Located<unknown>[] => [...section.values()])
    .map(({ value }) => value);
  for (const { principal, because } of principalsWithReason(definitions)) {
    const members = 'anyOf' in principal ? membersOf('', principal.anyOf, principals) : [{ principal }];
    for (const { principal: member } of members) {
      // What a stack creates is of an account that the project has.
      if (typeof member === 'string' || 'stack' in member) continue;
      const who = whoIs(member);
      for (const text of who === undefined ? [] : textsOf(who)) reasons.set(text, because);
    }
  }
  return reasons;
}

/** Every principal in these values beside which `because` stands. The same value can stand in many places: YAML has aliases. */
function principalsWithReason(
  values: readonly unknown[],
): readonly { readonly principal: NamedPrincipal; readonly because: string }[] {
  const found: { readonly principal: NamedPrincipal; readonly because: string }[] = [];
  const seen = new Set<unknown>();
  const open = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    // Only principals and suppressions have a reason, and a suppression has a rule. The schema has vouched for the rest.
    if ('because' in value && typeof value.because === 'string' && !('rule' in value)) {
      found.push({ principal: value as NamedPrincipal, because: value.because });
    }
    for (const inner of Object.values(value)) if (typeof inner === 'object') open.push(inner);
  }
  return found;
}

/** What identifies a principal in a policy; nothing for those about which no rule asks. */
function whoIs(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  return kind === 'service' || kind === 'federated' || kind === 'anyone' ? undefined : text;
}

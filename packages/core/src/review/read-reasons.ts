import { type InlinePrincipal, identify, type NamedPrincipal } from '../language/principal.ts';
import type { Located } from '../project/located.ts';
import { membersOf } from '../project/members.ts';
import type { Project } from '../project/project.ts';
import { textsInEnvironments } from '../resolve/texts-in-environments.ts';

/**
 * The reasons that a project gives for access, under `principals` or inline, by account id, organization id, path of an organizational
 * unit, or ARN. A reason for a group (`anyOf`) applies to each of its members.
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
      // A created principal belongs to one of the project's accounts.
      if (typeof member === 'string' || 'stack' in member) continue;
      const principal = principalText(member);
      for (const text of principal === undefined ? [] : textsOf(principal)) reasons.set(text, because);
    }
  }
  return reasons;
}

/** The principals with a `because` in these values, at any depth. A value that YAML aliases repeat is visited once. */
function principalsWithReason(
  values: readonly unknown[],
): readonly { readonly principal: NamedPrincipal; readonly because: string }[] {
  const reasons: { readonly principal: NamedPrincipal; readonly because: string }[] = [];
  const seen = new Set<unknown>();
  const open = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    // Principals, suppressions and policy files have `because`. Suppressions have a rule, and `principalText` ignores policy files. The
    // schema has validated the rest.
    if ('because' in value && typeof value.because === 'string' && !('rule' in value)) {
      reasons.push({ principal: value as NamedPrincipal, because: value.because });
    }
    for (const inner of Object.values(value)) if (typeof inner === 'object') open.push(inner);
  }
  return reasons;
}

/** A principal's identity in a policy; `undefined` for kinds that no rule asks about. */
function principalText(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  return kind === 'service' || kind === 'federated' || kind === 'anyone' ? undefined : text;
}

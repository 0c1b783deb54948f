import { type InlinePrincipal, identify, type NamedPrincipal, type PrincipalReference } from '../language/principal.ts';
import type { Project } from '../project/project.ts';

/**
 * The reasons that a project gives for access, under `principals` and in place, by the account id, organization id, path of an
 * organizational unit or ARN that they are for. A reason for a group (`anyOf`) is one for each of its members.
 */
export function readReasons(project: Project): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const add = (principal: InlinePrincipal, because: string) => {
    const who = whoIs(principal);
    if (who !== undefined) reasons.set(who, because);
  };
  const { principals, standards, stacks } = project;
  const definitions = [...principals.values(), ...standards.values(), ...stacks.values()].map(({ value }) => value);
  for (const { principal, because } of principalsWithReason(definitions)) {
    if (!('anyOf' in principal)) {
      if (!('stack' in principal)) add(principal, because);
    } else for (const member of membersOf(principal.anyOf, project)) add(member, because);
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

/** The principals in a group, and in the groups in it. */
function membersOf(group: readonly PrincipalReference[], project: Project): readonly InlinePrincipal[] {
  // A set hands out what is added to it meanwhile, each once: groups can be nested, also in a circle.
  const members = new Set<NamedPrincipal | string>(group);
  const found: InlinePrincipal[] = [];
  for (const member of members) {
    const principal = typeof member === 'string' ? project.principals.get(member)?.value : member;
    // What a stack creates is of an account that the project has.
    if (principal === undefined || 'stack' in principal) continue;
    if ('anyOf' in principal) for (const inner of principal.anyOf) members.add(inner);
    else found.push(principal);
  }
  return found;
}

/** What identifies a principal in a policy; nothing for those about which no rule asks. */
function whoIs(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  return kind === 'service' || kind === 'federated' || kind === 'anyone' ? undefined : text;
}

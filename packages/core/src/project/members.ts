import type {
  InlinePrincipal,
  NamedPrincipal,
  PrincipalOfDeployment,
  PrincipalReference,
} from '../language/principal.ts';

/** A member of a group: an inline principal, a principal that a stack creates in one environment, or the name of a created principal. */
export interface Member {
  /** The member's name under `principals`, or the name of the group that contains the member inline. */
  readonly name: string;
  readonly principal: InlinePrincipal | PrincipalOfDeployment | string;
}

/** The definitions of the names under the top-level `principals`. */
export type PrincipalDefinitions = ReadonlyMap<string, { readonly value: NamedPrincipal }>;

/** The members that the references in a group lead to, in order, including those of nested groups. A group inside itself counts once. */
export function membersOf(
  group: string,
  references: readonly PrincipalReference[],
  principals: PrincipalDefinitions,
): readonly Member[] {
  const members: Member[] = [];
  const seen = new Set<string>();
  // The references still to be read, the next one last. Not recursive, since groups can be nested as deep as there are groups.
  const open = references.map((reference) => ({ name: group, reference })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, reference } = next;
    if (typeof reference !== 'string') {
      members.push({ name, principal: reference });
      continue;
    }
    if (seen.has(reference)) continue;
    seen.add(reference);
    const named = principals.get(reference)?.value ?? reference;
    if (typeof named === 'string' || !('anyOf' in named)) members.push({ name: reference, principal: named });
    else open.push(...named.anyOf.map((inner) => ({ name: reference, reference: inner })).reverse());
  }
  return members;
}

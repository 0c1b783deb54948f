import type { Program } from '@keywright/core/ir/program';
import type { InlinePrincipal } from '@keywright/core/language/principal';
import type { Draft } from '../draft/draft.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';

/** Gives a name to roles, users and other principals that are written in place more than once. */
export function namePrincipals(draft: Draft, _: Program, sense: Sense): Draft {
  const uses = new Map<string, { count: number; immutable: boolean; principal: InlinePrincipal }>();
  mapPrincipals(draft.stacks, (principal) => {
    const identity = arnOf(principal);
    const use = uses.get(identity) ?? { count: 0, immutable: false, principal };
    const immutable = use.immutable || ('mutable' in principal && principal.mutable === false);
    uses.set(identity, { count: use.count + 1, immutable, principal });
    return principal;
  });
  const taken = new Set(['everyoneInAccount', ...Object.keys(draft.principals ?? {})]);
  for (const stack of Object.values(draft.stacks ?? {})) {
    for (const name of Object.keys(stack.principals ?? {})) taken.add(name);
  }
  const names = new Map<string, string>();
  const named = [...uses].flatMap(([identity, { count, immutable, principal }]) => {
    if (count < 2) return [];
    const name = freeName(identity, taken);
    taken.add(name);
    names.set(identity, name);
    const reference =
      'role' in principal ? { role: principal.role } : 'user' in principal ? { user: principal.user } : principal;
    return [[name, { ...reference, ...(immutable && { mutable: false }) }] as const];
  });
  if (named.length === 0) return draft;
  return changeIfEquivalent(
    draft,
    (changed) => {
      const stacks = mapPrincipals(changed.stacks, (principal) => names.get(arnOf(principal)) ?? principal);
      if (stacks !== undefined) changed.stacks = stacks;
      changed.principals = { ...changed.principals, ...Object.fromEntries(named) };
    },
    sense,
  );
}

const properties = new Set(['principals', 'notPrincipals', 'admins', 'to', 'grantee', 'retiringPrincipal']);

/** Changes each role, user and principal given by its ARN that is written in place in a key policy, grant or KMS grant. */
function mapPrincipals<T>(value: T, change: (principal: InlinePrincipal) => unknown, property = ''): T {
  if (Array.isArray(value)) return value.map((inner) => mapPrincipals(inner, change, property)) as T; // a list remains a list
  if (typeof value !== 'object' || value === null) return value;
  const isPrincipal = 'role' in value || 'user' in value || 'arn' in value;
  // A principal that a stack creates has a mapping inside, as in `{ role: { … } }`, and is not changed.
  if (properties.has(property) && isPrincipal && Object.values(value).every((inner) => typeof inner !== 'object')) {
    return change(value as InlinePrincipal) as T; // it has one of the words for a principal, and no nested mapping
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapPrincipals(inner, change, name)]),
  ) as T; // a mapping remains a mapping
}

function arnOf(principal: InlinePrincipal): string {
  if ('role' in principal) return principal.role;
  if ('user' in principal) return principal.user;
  return JSON.stringify(principal);
}

/**
 * Returns a name in camel case that is made from the last part of an ARN, such as `accountRoot` for the root of the stack's own account.
 */
function freeName(identity: string, taken: ReadonlySet<string>): string {
  const arn = identity.replace(/["}]+$/, '');
  const [, account] = /:([^:]*):root$/.exec(arn) ?? [];
  const last = account === undefined ? (arn.split('/').at(-1) ?? '') : `${account.replaceAll(/[${}]/g, '')} root`;
  const words = last.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const start = joined.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase()).slice(0, 50);
  const wanted = /^[A-Za-z]/.test(start) ? start : `principal${start}`;
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  return name;
}

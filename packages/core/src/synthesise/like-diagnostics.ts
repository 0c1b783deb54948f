/** Repeats the diagnostics about a deployment for the deployments that are like it. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LikeStacks } from '../emit/stack-programs.ts';
import type { Stack } from '../ir/program.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { hasOwnName } from './like-aliases.ts';

/**
 * Repeats each diagnostic about a deployment for all deployments like it, with the ids of their accounts. `names` are the names of all
 * deployments, in the order in which they are compiled. `undefined` if a diagnostic cannot be repeated: it is about no particular stack, or
 * names the environment of its stack or of a replica.
 */
export function diagnosticsOfLike(
  diagnostics: readonly Diagnostic[],
  likeStacks: LikeStacks,
  names: readonly string[],
): readonly Diagnostic[] | undefined {
  if (diagnostics.length === 0) return diagnostics;
  const alike = new Map<string, { readonly first: Stack; readonly others: Stack[] }>();
  for (const [stack, first] of likeStacks) {
    const group = alike.get(first.name);
    if (group === undefined) alike.set(first.name, { first, others: [stack] });
    else group.others.push(stack);
  }
  const indexes = new Map(names.map((name, index) => [name, index]));
  const indexOf = ({ stacks: [name = ''] = [] }: Diagnostic) => indexes.get(name) ?? 0;
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const [name, ...more] = diagnostic.stacks ?? [];
    if (name === undefined || more.length > 0) return undefined;
    const alikeStacks = alike.get(name);
    if (alikeStacks !== undefined && namesEnvironment(diagnostic, alikeStacks.first)) return undefined;
    const others = alikeStacks?.others.map((other) => inAccountOf(diagnostic, alikeStacks.first, other)) ?? [];
    const all = [diagnostic, ...others];
    const { code, span } = diagnostic;
    const key = JSON.stringify([code, span]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, all);
    else group.push(...all);
  }
  return [...groups.values()].flatMap((group) => group.sort((one, other) => indexOf(one) - indexOf(other)));
}

function namesEnvironment({ message, help, related }: Diagnostic, stack: Stack): boolean {
  const names = [stack.environment, ...stack.replicaEnvironments].map(({ name = '' }) => name);
  const word = new RegExp(`(?<![A-Za-z0-9])(?:${names.join('|')})(?![A-Za-z0-9])`);
  // In an alias's name, the name of the environment need not be a separate word.
  const aliases = stack.resources.flatMap((resource) =>
    resource.kind === 'alias' && hasOwnName(resource) ? withoutAliasPrefix(resource.aliasName) : [],
  );
  return [message, help, ...related.map((span) => span.message)].some(
    (text) => word.test(text) || aliases.some((alias) => text.includes(alias)),
  );
}

function inAccountOf(
  diagnostic: Diagnostic,
  { environment: { account: ownAccount = '' } }: Stack,
  other: Stack,
): Diagnostic {
  const { name, environment } = other;
  const exchanged = (text: string) => text.replaceAll(ownAccount, environment.account ?? ownAccount);
  return {
    ...diagnostic,
    message: exchanged(diagnostic.message),
    help: exchanged(diagnostic.help),
    related: diagnostic.related.map((span) => ({ ...span, message: exchanged(span.message) })),
    stacks: [name],
  };
}

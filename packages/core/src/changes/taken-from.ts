import { halfOfAChange } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import { stillHasAlias } from './compare-resource.ts';
import type { Context } from './comparison.ts';
import type { KnownAlias, KnownStack } from './inventory.ts';

/**
 * Reports keys and aliases that a stack in `changed`, which the build changes, takes from a stack that the build leaves out (KW5168). The
 * tools would create other keys, and aliases that exist already.
 */
export function takenFrom(known: KnownStack, changed: ReadonlySet<Stack>, context: Context): readonly Diagnostic[] {
  const keys = known.resources.flatMap(({ kind, key }) => {
    const where = kind === 'key' ? context.follow(known, key) : undefined;
    return where?.kind === 'there' && changed.has(where.stack) ? [{ key, where }] : [];
  });
  const moving = new Set(keys.map(({ key }) => key));
  const aliases = known.resources.flatMap((one) => {
    if (one.kind !== 'alias' || moving.has(one.key)) return [];
    const holder = holderOf(one, known, changed, context);
    return holder === undefined ? [] : [holder];
  });
  return [
    ...keys.flatMap(({ key, where: { stack, through } }) =>
      inStack(stack, [report(halfOfAChange, through[0]?.span, { what: key })]),
    ),
    ...aliases.flatMap(({ stack, alias }) =>
      inStack(stack, [report(halfOfAChange, alias.source.span, { what: alias.aliasName })]),
    ),
  ];
}

/** The alias that a stack in `changed` takes, with that stack. The alias is new there, and the stack of the last build no longer has it. */
function holderOf(
  old: KnownAlias,
  known: KnownStack,
  changed: ReadonlySet<Stack>,
  context: Context,
): { readonly stack: Stack; readonly alias: Extract<Resource, { kind: 'alias' }> } | undefined {
  const present = context.stacks.get(known.name);
  if (present !== undefined && stillHasAlias(present, old, context)) return undefined;
  for (const stack of changed) {
    const alias = context.find(stack, old, old.key);
    if (alias?.kind !== 'alias' || !samePlace(known.environment, stack.environment)) continue;
    const before = context.previous.stacks.find(({ name }) => name === stack.name);
    if (before?.resources.some((one) => one.kind === 'alias' && one.alias === old.alias)) continue;
    return { stack, alias };
  }
  return undefined;
}

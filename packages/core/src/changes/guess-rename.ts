import type { Key, Program } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';
import type { Changes } from './declared.ts';
import type { Inventory, KnownKey, KnownStack } from './inventory.ts';

/** The probable new name of a lost key. */
export interface Guessed {
  /** The definition under which to write the entry of `moved`. */
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  readonly span: Span;
}

/**
 * The new key that a lost key was probably renamed to. Candidates have the same fixed properties and the same removal. The result is the
 * only candidate that shares an alias with the lost key or, if no candidate does, the only one in the same stack. `taken`: guesses already
 * made, as `stack.key`.
 */
export function guessRename(
  lost: KnownKey,
  known: KnownStack,
  {
    program,
    previous,
    changes,
  }: { readonly program: Program; readonly previous: Inventory; readonly changes: Changes },
  taken: ReadonlySet<string>,
): Guessed | undefined {
  const aliases = known.resources.flatMap((one) => (one.kind === 'alias' && one.key === lost.key ? [one.alias] : []));
  const existed = new Set(
    previous.stacks.flatMap(({ name, resources }) => resources.map((resource) => `${name}/${resource.id}`)),
  );
  // An entry claims a key only if the last build had what the entry names.
  const claims = changes.moves.filter(({ toStack, fromStack = toStack, from }) =>
    previous.stacks.some((one) => {
      const isFrom = one.name === fromStack || one.definition === fromStack;
      return (
        isFrom && one.resources.some((resource) => resource.kind === 'key' && resource.key === (from ?? resource.key))
      );
    }),
  );
  const claimed = new Set(claims.map(({ toStack, to }) => `${toStack}.${to}`));
  const definitionOf = new Map(changes.deployments.map(({ stack, definition }) => [stack, definition]));
  const candidates = program.stacks.flatMap((stack) => {
    if (!samePlace(stack.environment, known.environment)) return [];
    return stack.resources.flatMap((resource) => {
      if (resource.kind !== 'key' || existed.has(`${stack.name}/${resource.id}`) || !isAlike(lost, resource)) return [];
      const definition = definitionOf.get(stack.name) ?? stack.name;
      if (claimed.has(`${stack.name}.${resource.name}`) || taken.has(`${definition}.${resource.name}`)) return [];
      const sharesAlias = stack.resources.some(
        (one) => one.kind === 'alias' && one.keyName === resource.name && aliases.includes(one.aliasName),
      );
      const isHere = stack.name === known.name;
      const guess = {
        stack: definition,
        from: isHere
          ? lost.key
          : `${stack.definition === undefined ? known.name : (known.definition ?? known.name)}.${lost.key}`,
        to: resource.name,
        span: resource.source.span,
      };
      return [{ guess, sharesAlias, isHere }];
    });
  });
  const likely = candidates.filter(({ sharesAlias }) => sharesAlias);
  const [first, second] = likely.length > 0 ? likely : candidates.filter(({ isHere }) => isHere);
  return second === undefined ? first?.guess : undefined;
}

function isAlike(one: KnownKey, other: Key): boolean {
  return (
    one.spec === other.spec &&
    one.usage === other.usage &&
    one.origin === other.origin &&
    one.multiRegion === other.multiRegion &&
    one.removal === other.removal
  );
}

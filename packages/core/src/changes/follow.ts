import { groupBy } from '../collections/group-by.ts';
import type { Program, Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import type { Changes, Move } from './declared.ts';
import type { KnownStack } from './inventory.ts';

/** The present place of a key of the last build, according to the YAML. */
export type Whereabouts =
  | { readonly kind: 'there'; readonly stack: Stack; readonly key: string; readonly through: readonly Move[] }
  /** A move names the key, but leads to another account or region. */
  | { readonly kind: 'elsewhere'; readonly move: Move }
  /** Several moves name the key. */
  | { readonly kind: 'several'; readonly moves: readonly [Move, Move] }
  | { readonly kind: 'nowhere' };

/** Returns the present place of a key of the last build. */
export type Follow = (stack: KnownStack, key: string) => Whereabouts;

/**
 * Returns a function that follows the entries of `moved` for a key of the last build. Entries may be older than the last build, so several
 * can form a chain.
 */
export function createFollow(changes: Changes, program: Program): Follow {
  const stacks = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const keys = new Map(program.stacks.map((stack) => [stack.name, keysOf(stack)]));
  const ofPlaces = groupBy(
    changes.moves.filter(({ isOfPlace }) => isOfPlace),
    ({ fromStack }) => fromStack,
  );

  const has = (stack: string, key: string) => keys.get(stack)?.has(key) === true;

  return (from, key) => {
    let at: Place = { stack: from, key };
    const through: Move[] = [];
    const present = (): Whereabouts => {
      const stack = stacks.get(at.stack.name);
      return stack !== undefined && has(stack.name, at.key)
        ? { kind: 'there', stack, key: at.key, through }
        : { kind: 'nowhere' };
    };
    for (;;) {
      const [ofPlace] = inPlace(at.stack, ofPlaces.get(at.stack.name) ?? [], stacks);
      const named = movesFrom(at.stack, at.key, changes.moves);
      const [far] = named;
      const near = inPlace(
        at.stack,
        named.filter(({ isOfPlace }) => !isOfPlace),
        stacks,
      );
      if (far !== undefined && near.length === 0 && ofPlace === undefined) {
        // The key's stack may be in more environments than the stack that takes the key. In the other environments the key stays.
        return has(at.stack.name, at.key) ? present() : { kind: 'elsewhere', move: far };
      }
      const here = ofPlace?.stack ?? at.stack;
      // A move of a whole stack moves the keys that the new stack has and the old stack no longer has.
      const goes = (to: string) => has(to, at.key) && !has(here.name, at.key);
      const [next = ofPlace, second] = near.filter(({ move }) => move.from !== undefined || goes(move.toStack));
      if (next === undefined || through.includes(next.move)) return present();
      if (second !== undefined) return { kind: 'several', moves: [next.move, second.move] };
      through.push(next.move);
      at = { stack: next.stack, key: next.move.to ?? at.key };
      // If the move was only to the new name of a place, the search goes on, since keys can have new names there too.
      if (next !== ofPlace && has(next.stack.name, at.key)) return present();
    }
  };
}

/**
 * The moves of a key or, without a key, of the stack as a whole, each with the stack that it leads to. Moves to another account or region
 * are left out.
 */
export function movesNear(
  stack: Pick<KnownStack, 'name' | 'environment'>,
  key: string | undefined,
  moves: readonly Move[],
  stacks: ReadonlyMap<string, Stack>,
): readonly NearMove[] {
  return inPlace(stack, movesFrom(stack, key, moves), stacks);
}

interface NearMove {
  readonly move: Move;
  readonly stack: Stack;
}

/**
 * The moves that lead to a stack in the same account and region. If an entry leads to stacks in several environments there, it leads to the
 * one in the environment of the same name.
 */
function inPlace(
  { environment }: Pick<KnownStack, 'environment'>,
  moves: readonly Move[],
  stacks: ReadonlyMap<string, Stack>,
): readonly NearMove[] {
  const near = moves.flatMap((move): readonly NearMove[] => {
    const stack = stacks.get(move.toStack);
    return stack !== undefined && samePlace(environment, stack.environment) ? [{ move, stack }] : [];
  });
  const isHere = ({ stack }: NearMove) => environment.name !== undefined && stack.environment.name === environment.name;
  const here = new Set(near.filter(isHere).map(({ move }) => entryOf(move)));
  return near.filter((one) => isHere(one) || !here.has(entryOf(one.move)));
}

/** An id for the entry of a move. One entry can lead to stacks in several environments. */
function entryOf({ span: { file, line, column } }: Move): string {
  return `${file} ${line} ${column}`;
}

interface Place {
  readonly stack: Pick<KnownStack, 'name' | 'environment'>;
  readonly key: string;
}

/** The moves of a key of a stack or, without a key, of the stack as a whole. */
export function movesFrom(
  stack: Pick<KnownStack, 'name' | 'environment'>,
  key: string | undefined,
  moves: readonly Move[],
): readonly Move[] {
  const inEnvironment = (definition: string) =>
    stack.environment.name !== undefined && `${definition}-${stack.environment.name}` === stack.name;
  const named = moves.filter(({ toStack, fromStack, from }) => {
    if (from !== undefined && from !== key) return false;
    return fromStack === undefined ? toStack === stack.name : fromStack === stack.name || inEnvironment(fromStack);
  });
  // A move of this key takes precedence over a move of all keys.
  const ofKey = named.filter(({ from }) => from !== undefined);
  if (ofKey.length > 0) return ofKey;
  // An entry that a stack has followed already does not lead to the same definition's stacks in other environments.
  const followed = new Set(named.filter(({ toStack }) => toStack === stack.name).map(entryOf));
  return named.filter((move) => !followed.has(entryOf(move)));
}

function keysOf(stack: Stack): ReadonlySet<string> {
  return new Set(stack.resources.flatMap((resource) => (resource.kind === 'key' ? [resource.name] : [])));
}

import type { Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import type { Context } from './comparison.ts';
import type { Deployment } from './declared.ts';
import { type Guessed, guessRename } from './guess-rename.ts';
import type { KnownKey, KnownStack } from './inventory.ts';
import type { LostKeys, LostStack } from './lost.ts';

/** The inputs of the reports about what was lost: the comparison, and the stacks and environments that the last build did not have. */
export interface Situation extends Context {
  readonly newStacks: readonly Stack[];
  /** The names of the new environments, by `placeIdentity`. */
  readonly newEnvironments: ReadonlyMap<string, string>;
}

export function situationOf(context: Context): Situation {
  const { previous, program, changes } = context;
  const stacks = new Set(previous.stacks.map(({ name }) => name));
  const environments = new Set(previous.stacks.map(({ environment }) => environment.name));
  const added = [...changes.environments].filter(([name]) => !environments.has(name));
  return {
    ...context,
    newStacks: program.stacks.filter(({ name }) => !stacks.has(name)),
    newEnvironments: new Map(added.map(([name, environment]) => [placeIdentity(environment), name])),
  };
}

export const placeIdentity = ({ account, region }: KnownStack['environment']) => JSON.stringify([account, region]);

/** The name of the definition of the stack `name`. Entries about the stack are written under this name. */
export function definitionOf(name: string, { deployments }: Situation): string {
  return deployments.get(name)?.definition ?? name;
}

/** The definition that a stack was a deployment of, if the project still has it. */
export function definitionNow(known: KnownStack, { changes }: Situation): Deployment | undefined {
  const { name, definition = name, environment } = known;
  return changes.deployments.find(
    (one) => one.definition === definition || name === `${one.definition}-${environment.name}`,
  );
}

/** The first new stack that is in the place of a lost stack and has a key with the name of a lost key. */
export function renamed({ known, keys }: LostStack, { newStacks }: Situation): Stack | undefined {
  const names = new Set(keys.map(({ key }) => key));
  return newStacks.find(
    (stack) =>
      samePlace(stack.environment, known.environment) &&
      stack.resources.some((resource) => resource.kind === 'key' && names.has(resource.name)),
  );
}

/** The names that lost keys may have now. */
export function guessedIn(
  lost: readonly Pick<LostKeys, 'known' | 'keys'>[],
  context: Situation,
): ReadonlyMap<KnownKey, Guessed> {
  const guesses = new Map<KnownKey, Guessed>();
  for (const { known, keys } of lost) {
    const taken = new Set<string>();
    for (const key of keys) {
      const guess = guessRename(key, known, context, taken);
      if (guess === undefined) continue;
      taken.add(`${guess.stack}.${guess.to}`);
      guesses.set(key, guess);
    }
  }
  return guesses;
}

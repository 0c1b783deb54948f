import type { Changes } from './declared.ts';
import type { KnownStack } from './inventory.ts';
import { type Outcomes, outcomesIn } from './outcomes.ts';

/** Whether the project no longer has an environment of the last build. */
export function isGone({ name }: KnownStack['environment'], { environments }: Pick<Changes, 'environments'>): boolean {
  return name !== undefined && !environments.has(name);
}

/** The entries of the project's `removed` for an environment that is gone: entries with its name, its account or its region. */
export function outcomesOfPlace(place: KnownStack['environment'], changes: Changes): Outcomes | undefined {
  if (!isGone(place, changes)) return undefined;
  const { name, account, region } = place;
  return outcomesIn(
    changes.removedPlaces.filter(
      ({ what }) =>
        (what.environment !== undefined && what.environment === name) ||
        (what.account !== undefined && (what.account === account || `${what.account}-${region}` === name)) ||
        (what.region !== undefined && what.region === region),
    ),
  );
}

/** The entries of the project's `removed` for a stack that is gone: entries with the name of the stack or of its definition. */
export function outcomesOfStack(
  { name, definition }: Pick<KnownStack, 'name' | 'definition'>,
  { removedPlaces }: Changes,
): Outcomes | undefined {
  return outcomesIn(
    removedPlaces.filter(({ what }) => what.stack !== undefined && (what.stack === name || what.stack === definition)),
  );
}

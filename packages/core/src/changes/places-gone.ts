import { groupBy } from '../collections/group-by.ts';
import { placeGone } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { Changes, Outcome } from './declared.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/** Keys and replicas that a stack of the last build had in an environment that the project no longer has. */
export interface LostWithPlace {
  readonly place: KnownStack['environment'];
  readonly stack: string;
  readonly keys: readonly Extract<KnownResource, { kind: 'key' | 'replicaKey' }>[];
}

/** Whether the project no longer has an environment of the last build. */
export function isGone({ name }: KnownStack['environment'], { environments }: Changes): boolean {
  return name !== undefined && !environments.has(name);
}

/** What the project's `removed` says about an environment that is gone, by its name or by its account. */
export function outcomeOfPlace(place: KnownStack['environment'], changes: Changes): Outcome | undefined {
  if (!isGone(place, changes)) return undefined;
  const { name, account, region } = place;
  return changes.removedPlaces.find(({ what }) =>
    what.account === undefined
      ? what.environment === name
      : what.account === account || `${what.account}-${region}` === name,
  );
}

/** Reports each environment that is gone, and each account with all of its environments, once for all stacks. */
export function placesGone(lost: readonly LostWithPlace[], { accounts }: Changes): readonly Diagnostic[] {
  const places = groupBy(lost, ({ place: { name = '', account = '' } }) => (accounts.has(account) ? name : account));
  return [...places.values()].map((all) => {
    const environments = new Set(all.map(({ place }) => place.name ?? ''));
    const [first = ''] = environments;
    const keys = all.flatMap((one) => one.keys);
    return report(placeGone, undefined, {
      ...(environments.size === 1 ? { kind: 'environment', name: first } : { kind: 'account', name: accountOf(all) }),
      count: keys.length,
      stacks: [...new Set(all.map(({ stack }) => stack))],
      outcome: keys.every(({ removal }) => removal === 'destroy') ? 'destroy' : 'retain',
    });
  });
}

/** The name that an account had under `accounts`, if its environments are named after it; otherwise its id. */
function accountOf(lost: readonly LostWithPlace[]): string {
  const names = lost.map(({ place: { name = '', region } }) =>
    name.endsWith(`-${region}`) ? name.slice(0, -`-${region}`.length) : '',
  );
  const [first = ''] = names;
  return first !== '' && names.every((name) => name === first) ? first : (lost[0]?.place.account ?? '');
}

import { groupBy } from '../collections/group-by.ts';
import { placeGone } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { KnownKey, KnownReplica, KnownStack } from './inventory.ts';
import type { Lost, LostStack } from './lost.ts';
import { placeIdentity, renamed, type Situation } from './lost-situation.ts';
import { isGone } from './places-gone.ts';
import { entriesFor } from './removal-entries.ts';

/** Keys and replicas that are gone because their place is gone. */
export interface LostWithPlace {
  readonly place: KnownStack['environment'];
  readonly stack: string;
  readonly keys: readonly (KnownKey | KnownReplica)[];
}

/** The keys and replicas that are gone with their place; `undefined` if they are gone for another reason. */
export function lostWithPlace(lost: Lost, context: Situation): LostWithPlace | undefined {
  if (lost.kind === 'stack' && isLostWithPlace(lost, context)) {
    return { place: lost.known.environment, stack: lost.known.name, keys: lost.keys };
  }
  if (lost.kind !== 'replica') return undefined;
  const { known, replica, stack } = lost;
  const { account } = known.environment;
  const place = { name: replica.environment, region: replica.region, ...(account !== undefined && { account }) };
  return isGone(place, context.changes) ? { place, stack, keys: [replica] } : undefined;
}

function isLostWithPlace(lost: LostStack, context: Situation): boolean {
  const { known } = lost;
  if (!isGone(known.environment, context.changes)) return false;
  const now = renamed(lost, context);
  if (now === undefined) return true;
  const isOfDefinition = known.definition !== undefined && now.definition === known.definition;
  return isOfDefinition && placeMove(known.environment, context) !== undefined;
}

/**
 * Reports environments and accounts that have another name, accounts and regions that have no environment left, and other lost environments
 * by region.
 */
export function placesGone(lost: readonly LostWithPlace[], context: Situation): readonly Diagnostic[] {
  const environments = [...context.changes.environments.values()];
  const accounts = new Set(environments.map(({ account }) => account));
  const regions = new Set(environments.map(({ region }) => region));
  const moves = new Map(lost.map((one) => [one, placeMove(one.place, context)]));
  const still = lost.filter((one) => moves.get(one) === undefined);
  const ofAccounts = groupBy(
    still.filter(({ place }) => !accounts.has(place.account)),
    ({ place: { account = '' } }) => account,
  );
  const ofRegions = groupBy(
    still.filter(({ place }) => accounts.has(place.account)),
    ({ place: { region = '' } }) => region,
  );
  const moved = groupBy(
    lost.filter((one) => moves.get(one) !== undefined),
    (one) => JSON.stringify(moves.get(one)),
  );
  return [
    ...[...moved.values()].map((all) => {
      const [first] = all;
      const move = moves.get(first);
      return placeWasLost(move?.kind ?? 'environment', [move?.from ?? ''], all, eachEnvironment(all), move?.to);
    }),
    ...[...ofAccounts.values()].map((all) => {
      if (environmentsOf(all).length === 1) return environmentsWereLost(all);
      const name = accountOf(all);
      const entry = /^\d+$/.test(name) ? `account: "${name}"` : `account: ${name}`;
      return placeWasLost('account', [name], all, entriesFor(entry, keysOf(all)));
    }),
    ...[...ofRegions].map(([region, all]) => {
      if (environmentsOf(all).length === 1 || regions.has(region)) return environmentsWereLost(all);
      return placeWasLost('region', [region], all, entriesFor(`region: ${region}`, keysOf(all)));
    }),
  ];
}

const environmentsOf = (lost: readonly LostWithPlace[]) => [...new Set(lost.map(({ place: { name = '' } }) => name))];
const keysOf = (lost: readonly LostWithPlace[]) => lost.flatMap(({ keys }) => keys);

function eachEnvironment(lost: readonly LostWithPlace[]): string {
  const groups = groupBy(lost, ({ place: { name = '' } }) => name);
  return [...groups].map(([name, all]) => entriesFor(`environment: ${name}`, keysOf(all))).join(', ');
}

function environmentsWereLost(lost: readonly LostWithPlace[]): Diagnostic {
  return placeWasLost('environment', environmentsOf(lost), lost, eachEnvironment(lost));
}

function placeWasLost(
  kind: 'account' | 'region' | 'environment',
  [name = '', ...others]: readonly string[],
  lost: readonly LostWithPlace[],
  removed: string,
  to?: string,
): Diagnostic {
  const stacks = [...new Set(lost.map(({ stack }) => stack))];
  const parameters = { kind, name, others, count: keysOf(lost).length, stacks, removed };
  return report(placeGone, undefined, { ...parameters, ...(to !== undefined && { to }) });
}

interface PlaceMove {
  readonly kind: 'account' | 'environment';
  readonly from: string;
  readonly to: string;
}

/** The new name of a lost environment, or of its account, if a new environment has the same account and region. */
function placeMove(place: KnownStack['environment'], context: Situation): PlaceMove | undefined {
  const { name = '', region } = place;
  const to = context.newEnvironments.get(placeIdentity(place));
  if (to === undefined) return undefined;
  const suffix = `-${region}`;
  const account = to.slice(0, -suffix.length);
  if (!name.endsWith(suffix) || !to.endsWith(suffix) || !context.changes.accounts.has(account)) {
    return { kind: 'environment', from: name, to };
  }
  return { kind: 'account', from: name.slice(0, -suffix.length), to: account };
}

/** The name that an account had under `accounts`, if its environments are named after it; otherwise its id. */
function accountOf(lost: readonly LostWithPlace[]): string {
  const names = lost.map(({ place: { name = '', region } }) =>
    name.endsWith(`-${region}`) ? name.slice(0, -`-${region}`.length) : '',
  );
  const [first = ''] = names;
  return first !== '' && names.every((name) => name === first) ? first : (lost[0]?.place.account ?? '');
}

/** Where deployments may still have a resource or a stack: they may have skipped any of the earlier builds. */
import { eachOnce } from '../diagnostics/each-once.ts';
import type { Target } from '../emit/emitter.ts';
import type { FormerPlace, FormerStack, Stack } from '../ir/program.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/** All places of a resource until the last build, oldest first, each with one name in every target; the last is where that build had it. */
export function placesUntilLastBuild(
  known: KnownStack,
  old: KnownResource,
): readonly [...(readonly FormerPlace[]), FormerPlace] {
  const replica = replicaEnvironment(known, old);
  const place = { ...identityOf(known), ...(replica !== undefined && { replicaEnvironment: replica }) };
  const { formerStack, formerPlaces, formerNames = {} } = old;
  return [
    // Earlier versions left out what was the same then.
    ...(formerPlaces ?? (formerStack === undefined ? [] : [{ ...whereOf(place), ...formerStack }])),
    ...Object.entries(formerNames).flatMap(([target, names]) =>
      names.map((name) => ({ ...place, names: { [target]: name } })),
    ),
    { ...place, names: old.names },
  ];
}

const whereOf = ({ environment, replicaEnvironment }: Omit<FormerPlace, 'names'>) => ({
  ...(environment !== undefined && { environment }),
  ...(replicaEnvironment !== undefined && { replicaEnvironment }),
});

/** The environment of the replica that a resource is, or belongs to. */
function replicaEnvironment({ resources }: KnownStack, old: KnownResource): string | undefined {
  if (old.region === undefined) return undefined;
  for (const one of [old, ...resources])
    if (one.kind === 'replicaKey' && one.region === old.region) return one.environment;
  return undefined;
}

/**
 * The places among `places` that a tool has to be told of: those up to the last one outside the present place. A tool that follows renames in
 * a stack does so wherever its replicas are.
 */
export function formerPlacesIn(
  places: readonly FormerPlace[],
  { name, definition, replicaEnvironments }: Stack,
  region: string | undefined,
  targets: readonly Target<unknown>[],
): readonly FormerPlace[] {
  const replica = replicaEnvironments.find((one) => one.region === region)?.name;
  const byDeployment = targets.filter(({ renames }) => !renames).map((target) => target.name);
  const told = places.map((place) => {
    const isSameStack = place.name === name && place.definition === definition;
    const isHere = isSameStack && (region === undefined || place.replicaEnvironment === replica);
    if (!isSameStack || isHere) return { place, isHere };
    const names = Object.fromEntries(Object.entries(place.names).filter(([target]) => byDeployment.includes(target)));
    return { place: { ...place, names }, isHere: Object.keys(names).length === 0 };
  });
  const last = told.findLastIndex(({ isHere }) => !isHere);
  return eachOnce(told.slice(0, last + 1).map(({ place }) => place));
}

/** What a stack was as a whole, oldest first, if it is that of the last build under another name or of another definition. */
export function formerStacksOf({ name, definition }: Stack, known: KnownStack): readonly FormerStack[] {
  const all = [...(known.formerStacks ?? []), identityOf(known)];
  const last = all.findLastIndex((one) => one.name !== name || one.definition !== definition);
  return eachOnce(all.slice(0, last + 1));
}

function identityOf({ name, definition, environment }: KnownStack): FormerStack {
  return {
    name,
    ...(definition !== undefined && { definition }),
    ...(environment.name !== undefined && { environment: environment.name }),
  };
}

import type { Due, DueProblem, LookupCase, Run } from './case.ts';
import { type Options, type Workplace, workplaceOf } from './command.ts';
import { contextText, type Entry, nameOf } from './entry.ts';
import { type Front, type Mood, startFront } from './front.ts';
import { type LookedUpAlias, projectOf } from './project.ts';
import { credentials, type World } from './world.ts';

/** The aliases to look up, the circumstances, and what is due. */
export interface Situation {
  readonly name: string;
  readonly wanted: readonly LookedUpAlias[];
  /** The context file before the first run: entries, or its text. */
  readonly before?: readonly Entry[] | string;
  readonly mostPerPage?: number;
  readonly awsConfig?: string;
  /** One run after the other, in the same folder. */
  readonly runs: readonly SituationRun[];
}

interface SituationRun extends Options {
  readonly args?: readonly string[];
  readonly mood?: Mood;
  readonly due: Due;
}

const environment = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };

/** Runs the command in a situation. Returns what was observed and what was due. */
export async function runSituation(world: World, situation: Situation): Promise<LookupCase> {
  const { name, wanted, before, awsConfig = '', mostPerPage } = situation;
  const context = before === undefined || typeof before === 'string' ? before : contextText(before);
  const place = workplaceOf(projectOf(wanted).text, context, awsConfig);
  const front = await startFront(world.moto, () => undefined, mostPerPage);
  try {
    const runs: Run[] = [];
    for (const run of situation.runs) runs.push(await tryRun(place, front, run));
    return { name, runs };
  } finally {
    await front.close();
    place.remove();
  }
}

async function tryRun(place: Workplace, front: Front, run: SituationRun): Promise<Run> {
  front.setMood(run.mood ?? (() => undefined));
  const { ended } = place.start(run.args ?? [], {
    ...run,
    env: { ...(run.env ?? environment), AWS_ENDPOINT_URL: front.url },
  });
  const seen = await ended;
  return { seen: { ...seen, ...front.take() }, due: run.due };
}

/** Returns the entry of an alias. Throws if the alias does not exist. */
export function entryOf(world: World, wanted: Pick<Entry, 'account' | 'region' | 'alias'>): Entry {
  const entry = world.entries.get(nameOf(wanted));
  if (entry === undefined) throw new Error(`moto has no ${nameOf(wanted)}`);
  return entry;
}

/** Returns the context file with the wanted aliases and other entries. */
export function textOf(world: World, wanted: readonly LookedUpAlias[], others: readonly Entry[] = []): string {
  return contextText([...wanted.map((one) => entryOf(world, one)), ...others]);
}

/** Returns what is due if nothing is wrong: this file and these calls. */
export function dueFile(text: string | undefined, calls: Due['calls'], more: Partial<Due> = {}): Due {
  return { ended: [0], problems: [], file: { kind: 'oneOf', texts: [text] }, calls, ...more };
}

/** Returns the problem that is due for an alias, at its position in the project. */
export function dueProblem(
  wanted: readonly LookedUpAlias[],
  one: LookedUpAlias,
  code: string,
  names: readonly string[],
): DueProblem {
  return { code, at: projectOf(wanted).placeOf(one), names };
}

/**
 * Returns the calls that docs/lookups.md allows. For few aliases, one call for each; for many, one for each page of the list and one for
 * each key. Also one call for the caller's identity in each account and region.
 */
export function dueCalls(world: World, wanted: readonly LookedUpAlias[]): NonNullable<Due['calls']> {
  const places = new Map<string, LookedUpAlias[]>();
  for (const one of wanted) {
    const place = JSON.stringify([one.account, one.region, one.role, one.profile]);
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  let [roles, pages, lists, keys] = [0, 0, 0, 0];
  for (const group of places.values()) {
    const [first] = group;
    if (first?.role !== undefined) roles += 1;
    if (first === undefined || group.length < 10) {
      keys += group.length;
      continue;
    }
    lists += 1;
    pages += Math.ceil(world.countIn(first.account, first.region) / 100);
    keys += new Set(group.flatMap((one) => world.entries.get(nameOf(one))?.keyId ?? [])).size;
  }
  return {
    'sts:GetCallerIdentity': [places.size, places.size],
    'sts:AssumeRole': [roles, roles],
    'kms:ListAliases': [lists, pages],
    'kms:DescribeKey': [keys, keys],
  };
}

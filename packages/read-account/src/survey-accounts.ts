import { createHash } from 'node:crypto';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Environment, Program, Resource, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { environmentNames, findKeys, type PlaceNames, readFound } from './account-program.ts';
import type { RecordedPlace } from './key-record.ts';

/** The answers of one account, one file for each region. Each access to `files` reads them again. */
export interface AccountAnswers {
  readonly account: string;
  readonly files: () => readonly SourceFile[];
}

export interface SurveyedStack {
  readonly name: string;
  /** The environment of the stack, followed by those of its replicas. */
  readonly environments: readonly (RecordedPlace & { readonly name: string })[];
  /** Equal for stacks that differ only in their own account and region. */
  readonly shape: string;
  readonly counts: ReadonlyMap<Resource['kind'], number>;
}

/** Describes many accounts without keeping all their contents in memory. */
export interface Survey extends Pick<Reading, 'leftOut' | 'diagnostics'> {
  readonly stacks: readonly SurveyedStack[];
  /** Reads some of the stacks completely. */
  readonly read: (names: ReadonlySet<string>) => Pick<Reading, 'origins'> & { readonly program: Program };
}

interface Seen {
  readonly answers: AccountAnswers;
  readonly place: RecordedPlace;
  readonly replicaPlaces: readonly RecordedPlace[];
  readonly shape: string;
  readonly counts: ReadonlyMap<Resource['kind'], number>;
}

/**
 * Surveys accounts one after the other. `read` then gives the result of `readAccounts` for some of the stacks at a time, so that memory
 * contains only those stacks. Stacks that differ only in their place have a common base name (`keys-…`, `keys2-…`), so that a lift unites
 * them.
 */
export function surveyAccounts(accounts: readonly AccountAnswers[]): Survey {
  const usedPlaces: RecordedPlace[] = [];
  const seen: Seen[] = [];
  const leftOut: LeftOut[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const answers of accounts) {
    const keys = findKeys(answers.files());
    usedPlaces.push(...new Map(keys.usable.map(({ place }) => [place.region, place])).values());
    const read = readFound(keys, { environment: ({ region }) => region, stack: ({ region }) => region });
    leftOut.push(...read.leftOut);
    diagnostics.push(...read.diagnostics);
    seen.push(...read.stacks.map((stack) => ({ answers, ...seenOf(stack) })));
  }
  const environment = environmentNames(usedPlaces);
  const baseOf = baseNames(seen.map(({ shape }) => shape));
  const shapeIn = new Map(seen.map(({ place, shape }) => [keyOf(place), shape]));
  const names: PlaceNames = {
    environment,
    stack: (place) => `${baseOf(shapeIn.get(keyOf(place)) ?? '')}-${environment(place)}`,
  };
  const stacks = seen.map(({ place, replicaPlaces, shape, counts }) => ({
    name: names.stack(place),
    environments: [place, ...replicaPlaces].map((one) => ({ ...one, name: environment(one) })),
    shape,
    counts,
  }));
  return {
    stacks,
    leftOut,
    diagnostics,
    read(wanted) {
      const readAnswers = new Set(
        seen.flatMap(({ answers, place }) => (wanted.has(names.stack(place)) ? [answers] : [])),
      );
      const read = [...readAnswers].map((answers) => readFound(findKeys(answers.files()), names));
      return {
        program: {
          app: 'imported',
          stacks: read.flatMap((account) => account.stacks.filter(({ name }) => wanted.has(name))),
        },
        origins: new Map(read.flatMap(({ origins }) => [...origins].filter(([name]) => wanted.has(name)))),
      };
    },
  };
}

function keyOf({ account, region }: Pick<RecordedPlace, 'account' | 'region'>): string {
  return `${account}/${region}`;
}

function seenOf({ environment, replicaEnvironments, resources }: Stack): Omit<Seen, 'answers'> {
  const placeOf = ({ account = '', region = '', partition = '' }: Environment) => ({ account, region, partition });
  const counts = new Map<Resource['kind'], number>();
  for (const { kind } of resources) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { account = '', region = '' } = environment;
  const text = JSON.stringify(resources, (name, value: unknown) => (name === 'source' ? undefined : value))
    .replaceAll(account, '${account}')
    .replaceAll(region, '${region}');
  return {
    place: placeOf(environment),
    replicaPlaces: replicaEnvironments.map(placeOf),
    shape: createHash('sha256').update(text).digest('base64'),
    counts,
  };
}

/** Returns `keys` for the most frequent shape and for the shapes that only one stack has; `keys2`, `keys3` … for the other shapes. */
function baseNames(shapes: readonly string[]): (shape: string) => string {
  const counts = new Map<string, number>();
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1).sort(([, one], [, other]) => other - one);
  const bases = new Map(shared.map(([shape], index) => [shape, index === 0 ? 'keys' : `keys${index + 1}`]));
  return (shape) => bases.get(shape) ?? 'keys';
}

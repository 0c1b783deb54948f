import { groupBy } from '@keywright/core/collections/group-by';
import type { Program } from '@keywright/core/ir/program';
import type { EnvironmentDefinition } from '@keywright/core/language/environment';
import type { KeyDefinition } from '@keywright/core/language/key';
import type { StackDefinition, StackDifference } from '@keywright/core/language/stack';
import { type Draft, withoutUndefined } from '../draft/draft.ts';
import { printYaml } from '../draft/print-yaml.ts';
import { type CommonTexts, createCommonTexts, createValues, type GivenValues, type Values } from './common-texts.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';
import { anywhere, hasAddresses, renamed } from './many-environments.ts';

/** A stack in one environment. Its definition may fit other environments too. */
interface Deployment {
  readonly name: string;
  readonly environment: string;
  readonly definition: StackDefinition;
}

/**
 * Writes stacks of several environments as one stack, if that is shorter. Texts that differ in a part get `${environment}` or
 * `${values.…}`, and other differences go under `in` of keys and of the stack.
 */
export function uniteDiffering(draft: Draft, program: Program, sense: Sense): Draft {
  const { environments = {} } = draft;
  const deployments = Object.entries(draft.stacks ?? {}).flatMap(([name, stack]): Deployment[] => {
    const { environment } = stack;
    if (typeof environment !== 'string' || !name.endsWith(`-${environment}`)) return [];
    if (hasAddresses(name, program, sense)) return [];
    return [{ name, environment, definition: anywhere(stack, environments) }];
  });
  const groups = [...groupBy(deployments, baseOf).values()].filter(
    (alike) => alike.length > 1 && draft.stacks?.[baseOf(alike[0])] === undefined,
  );
  const values = createValues();
  const proposals = groups.flatMap((alike) => {
    const united = unite(alike, baseOf(alike[0]), environments, values);
    return united === undefined ? [] : [{ alike, united }];
  });
  const tryAll = (current: Draft, some: typeof proposals): Draft => {
    const change = (changed: Draft) => {
      for (const { alike, united } of some) replace(changed, alike, baseOf(alike[0]), united);
    };
    const next = changeIfEquivalent(current, change, sense);
    return printYaml(next).length < printYaml(current).length ? next : current;
  };
  const all = tryAll(draft, proposals);
  if (all !== draft || proposals.length < 2 || proposals.length > mostOneByOne) return all;
  return proposals.reduce((current, one) => tryAll(current, [one]), draft);
}

/** The maximum number of proposals that are tried one by one, since each try compiles the project. */
const mostOneByOne = 10;

/** Returns the name of a stack without the suffix for its environment. */
function baseOf({ name, environment }: Deployment): string {
  return name.slice(0, -environment.length - 1);
}

interface United {
  readonly definition: StackDefinition;
  readonly values: Values;
}

/** Replaces the stacks by the definition, and adds the values to their environments. */
function replace(draft: Draft, alike: readonly Deployment[], base: string, { definition, values }: United): void {
  const bases = new Map(alike.map(({ name }) => [name, base]));
  const before = draft.stacks ?? {};
  const environmentOf = (name: string) => before[name]?.environment;
  const stacks: Record<string, StackDefinition> = {};
  for (const [name, stack] of Object.entries(before)) {
    if (!bases.has(name)) stacks[name] = renamed(stack, bases, environmentOf);
    else stacks[base] ??= definition;
  }
  draft.stacks = stacks;
  const environments = Object.entries(draft.environments ?? {}).map(
    ([name, environment]): [string, EnvironmentDefinition] => {
      const itsValues = values.get(name);
      const isWithout = itsValues === undefined || Object.keys(itsValues).length === 0;
      return [name, isWithout ? environment : { ...environment, values: { ...environment.values, ...itsValues } }];
    },
  );
  draft.environments = Object.fromEntries(environments);
}

/** Sections of a stack besides its keys, whose entries can differ by environment. */
const sections = ['principals', 'imports', 'identityPolicies', 'outputs'] as const;

/** Returns the stacks as one definition; `undefined` if they differ in more than parts of texts and entries of sections. */
function unite(
  alike: readonly Deployment[],
  base: string,
  environments: Readonly<Record<string, EnvironmentDefinition>>,
  given: GivenValues,
): United | undefined {
  const places = alike.map(({ environment }) => environment);
  const texts = createCommonTexts(
    new Map(places.map((place) => [place, environments[place]?.account ?? place])),
    given,
  );
  const stacks = alike.map(({ name, environment, definition }) =>
    renamed(definition, new Map([[name, base]]), () => environment),
  );
  const keys = entriesOf(stacks.map((stack) => stack.keys)).map(([name, all]): [string, KeyDefinition] => {
    const inPlaces = all.map((key, index) => ({ place: places[index] ?? '', key }));
    return [name, uniteKey(inPlaces, texts)];
  });
  const differences = places.map((): StackDifference => ({}));
  const common = sections.map(
    (section) => [section, uniteSection(section, stacks, places, texts, differences)] as const,
  );
  const rest = texts.of(
    stacks.map(
      ({ environment: _, keys: __, principals: ___, imports, identityPolicies, outputs, ...others }) => others,
    ),
  );
  if (rest === undefined) return undefined;
  const different = differences.flatMap((difference, index) =>
    Object.keys(difference).length === 0 ? [] : [[places[index], difference] as const],
  );
  const definition: StackDefinition = withoutUndefined({
    environment: places,
    targets: rest.value.targets,
    ...(keys.length > 0 && { keys: Object.fromEntries(keys) }),
    ...rest.value,
    ...Object.fromEntries(common),
    ...(different.length > 0 && { in: Object.fromEntries(different) }),
  });
  return { definition, values: texts.values() };
}

/** Returns the entries of a section, by name, each with its value in every stack, in the order of the stacks. */
function entriesOf<T>(
  all: readonly (Readonly<Record<string, T>> | undefined)[],
): readonly (readonly [string, readonly (T | undefined)[]])[] {
  const names = new Set(all.flatMap((entries) => Object.keys(entries ?? {})));
  return [...names].map((name) => [name, all.map((entries) => entries?.[name])] as const);
}

/**
 * Returns the entries of a section for all stacks together. Adds the entries that differ in an environment to that environment's element of
 * `differences`.
 */
function uniteSection(
  section: (typeof sections)[number],
  stacks: readonly StackDefinition[],
  places: readonly string[],
  texts: CommonTexts,
  differences: StackDifference[],
): StackDefinition[typeof section] {
  const united = entriesOf<object | string>(stacks.map((stack) => stack[section])).map(([name, all]) => {
    const entries = all.flatMap((entry, index) => (entry === undefined ? [] : [{ entry, place: places[index] ?? '' }]));
    const whole = texts.of(
      entries.map(({ entry }) => ({ [section]: entry })),
      entries.map(({ place }) => place),
    );
    const usual = whole === undefined ? entries[0]?.entry : whole.value[section];
    for (const [index, entry] of all.entries()) {
      const isUsual = entry !== undefined && (whole !== undefined || JSON.stringify(entry) === JSON.stringify(usual));
      const difference = differences[index];
      if (isUsual || difference === undefined) continue;
      const others: object | undefined = difference[section];
      Object.assign(difference, { [section]: { ...others, [name]: entry ?? 'absent' } });
    }
    return [name, usual];
  });
  return united.length === 0 ? undefined : Object.fromEntries(united);
}

/** Lists that an entry of `in` adds elements to. */
const lists = ['aliases', 'statements', 'admins', 'services', 'grants', 'replicas', 'suppress'];

/**
 * Returns a key as one definition, with the properties that all environments have in common and, under `in`, those that only some of them
 * have.
 */
function uniteKey(
  inPlaces: readonly { readonly place: string; readonly key: KeyDefinition | undefined }[],
  texts: CommonTexts,
): KeyDefinition {
  const present = inPlaces.flatMap(({ place, key }) => (key === undefined ? [] : [{ place, key: { ...key } }]));
  const keys: Record<string, unknown>[] = present.map(({ key }) => key);
  const environments = present.map(({ place }) => place);
  const commonOf: CommonOf = (all) => texts.of(all, environments);
  writeDefaults(keys);
  takeCommonPolicy(
    present.map(({ key }) => key),
    commonOf,
  );
  const common: Record<string, unknown> = {};
  const differing = keys.map((): Record<string, unknown> => ({}));
  // Tags come first, because the values are better named after tags than after descriptions.
  for (const property of new Set(['tags', ...keys.flatMap((key) => Object.keys(key))])) {
    if (keys.every((key) => key[property] === undefined)) continue;
    const all = keys.map((key) => key[property]);
    const whole = all.includes(undefined) ? undefined : commonOf(all.map((value) => ({ [property]: value })));
    if (whole !== undefined) {
      Object.assign(common, whole.value);
      continue;
    }
    const shared =
      property === 'tags'
        ? commonTags(all, commonOf)
        : lists.includes(property)
          ? commonStart(property, all, commonOf)
          : undefined;
    if (shared?.value !== undefined) common[property] = shared.value;
    const isInAll = shared === undefined && !all.includes(undefined);
    const usual = isInAll ? (mostCommon(all) ?? defaults[property]) : undefined;
    if (usual !== undefined && usual !== defaults[property]) common[property] = usual;
    all.forEach((value, index) => {
      const rest = shared === undefined ? value : shared.rests[index];
      const isUsual = usual !== undefined && JSON.stringify(rest) === JSON.stringify(usual);
      const difference = differing[index];
      if (rest !== undefined && !isUsual && difference !== undefined) difference[property] = rest;
    });
  }
  const differences = present.flatMap(({ place }, index): [string, object][] => {
    const difference = differing[index] ?? {};
    return Object.keys(difference).length === 0 ? [] : [[place, difference]];
  });
  const absences = inPlaces.flatMap(({ place, key }): [string, 'absent'][] =>
    key === undefined ? [[place, 'absent']] : [],
  );
  const all = [...differences, ...absences];
  return { ...common, ...(all.length > 0 && { in: Object.fromEntries(all) }) };
}

/** The defaults of the properties in which keys commonly differ. */
const defaults: Readonly<Record<string, unknown>> = { rotation: false, removal: 'retain' };

/** Adds a default to keys that do not set the property, if another key sets it. */
function writeDefaults(keys: readonly Record<string, unknown>[]): void {
  for (const [property, value] of Object.entries(defaults)) {
    if (keys.every((key) => key[property] === undefined)) continue;
    for (const key of keys) key[property] ??= value;
  }
}

/** Reduces each key's `policy` to the statements that all policies start with, and moves its other statements to `statements`. */
function takeCommonPolicy(keys: readonly KeyDefinition[], commonOf: CommonOf): void {
  const policies = keys.map(({ policy }) => (Array.isArray(policy) ? policy : []));
  const start = commonStart('policy', policies, commonOf).value;
  if (!Array.isArray(start) || policies.every(({ length }) => length === start.length)) return;
  for (const [index, key] of keys.entries()) {
    const policy = policies[index] ?? [];
    const statements = [...policy.slice(start.length), ...(key.statements ?? [])];
    key.policy = policy.slice(0, start.length);
    if (statements.length > 0) key.statements = statements;
  }
}

type CommonOf = <T extends object>(all: readonly T[]) => { readonly value: T } | undefined;

interface Shared {
  readonly value: unknown;
  readonly rests: readonly unknown[];
}

function commonTags(all: readonly unknown[], commonOf: CommonOf): Shared {
  const tags = all.map((one) => ({ ...(one as KeyDefinition['tags']) })); // these are values of `tags`
  const shared: Record<string, unknown> = {};
  for (const tag of Object.keys(tags[0] ?? {})) {
    const values = tags.map((one) => one[tag]);
    const value = values.includes(undefined) ? undefined : commonOf(values.map((one) => ({ tags: { [tag]: one } })));
    if (value === undefined) continue;
    Object.assign(shared, value.value.tags);
    for (const one of tags) delete one[tag];
  }
  const orNothing = (value: object) => (Object.keys(value).length === 0 ? undefined : value);
  return { value: orNothing(shared), rests: tags.map(orNothing) };
}

function commonStart(property: string, all: readonly unknown[], commonOf: CommonOf): Shared {
  const whole = all.map((one): readonly unknown[] => (Array.isArray(one) ? one : []));
  const shared: unknown[] = [];
  for (const index of whole[0]?.keys() ?? []) {
    const elements = whole.map((list) => list[index]);
    const value = elements.includes(undefined) ? undefined : commonOf(elements.map((one) => ({ [property]: one })));
    if (value === undefined) break;
    shared.push(value.value[property]);
  }
  const orNothing = (list: readonly unknown[]) => (list.length === 0 ? undefined : list);
  return { value: orNothing(shared), rests: whole.map((list) => orNothing(list.slice(shared.length))) };
}

/** Returns the most common value, if it occurs more than once. */
function mostCommon(all: readonly unknown[]): unknown {
  const [most] = [...groupBy(all, (value) => JSON.stringify(value)).values()].sort(
    (one, other) => other.length - one.length,
  );
  return most !== undefined && most.length > 1 ? most[0] : undefined;
}

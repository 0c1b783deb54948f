import { groupBy } from '@keywright/core/collections/group-by';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Change } from './changes.ts';

/**
 * Merges changes that are the same in several places: a statement of a standard, or a copied statement, in a thousand keys, or the same
 * stack in each of its environments. Texts that differ only in the names of their own account and region count as equal, and get
 * `${account}` and `${region}` instead.
 */
export function mergeEqualChanges(changes: readonly Change[]): Change[] {
  const places = changes.map((change) => ({ change, placeless: placelessOf(change) }));
  return [...groupBy(places, ({ placeless }) => textOf(placeless)).values()].map((group) => {
    const [{ change, placeless }] = group;
    if (group.length === 1) return change;
    const text = textOf(change);
    const all = group.map((other) => other.change);
    return joined(all.every((other) => textOf(other) === text) ? change : placeless, all);
  });
}

function textOf({ subjects, ...rest }: Change): string {
  return JSON.stringify([subjects[0]?.kind, rest], (name, value: unknown) => (name === 'sources' ? undefined : value));
}

function joined(change: Change, all: readonly Change[]): Change {
  const subjects = all.flatMap((one) => one.subjects);
  if (change.rank !== 'access') return { ...change, subjects };
  const sourcesOf = (list: 'gone' | 'came', index: number): readonly Provenance[] => {
    const sources = all.flatMap((one) => (one.rank === 'access' ? (one[list][index]?.sources ?? []) : []));
    return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
  };
  return {
    ...change,
    subjects,
    gone: change.gone.map((cause, index) => ({ ...cause, sources: sourcesOf('gone', index) })),
    came: change.came.map((cause, index) => ({ ...cause, sources: sourcesOf('came', index) })),
  };
}

/** Returns a change with placeholders for its place: the account, the region, and the name of its stack without the environment. */
function placelessOf(change: Change): Change {
  const [subject] = change.subjects;
  if (subject?.stack === undefined) return change;
  const { stack, environment, account, region } = subject;
  const names: readonly (readonly [string | undefined, string])[] = [
    [stack, definitionOf(stack, environment)],
    [account, '${account}'],
    [region, '${region}'],
  ];
  return mapTexts(change, (text) =>
    names.reduce((text, [name, general]) => (name === undefined ? text : text.replaceAll(name, () => general)), text),
  );
}

/** Returns `security` for `security-prod-eu`: the name in the YAML of a stack with several environments. */
export function definitionOf(stack: string, environment: string | undefined): string {
  const suffix = `-${environment}`;
  return environment !== undefined && stack.endsWith(suffix) ? stack.slice(0, -suffix.length) : stack;
}

const wherever: readonly string[] = ['subjects', 'sources'];

/** Maps every text in a value, except under the properties in `wherever`, which say where a change is. */
function mapTexts<T>(value: T, map: (text: string) => string): T {
  const mapped = (inner: unknown): unknown => {
    if (typeof inner === 'string') return map(inner);
    if (Array.isArray(inner)) return inner.map(mapped);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([key, part]) => [key, wherever.includes(key) ? part : mapped(part)]),
    );
  };
  return mapped(value) as T; // texts remain texts
}

/** Differences by environment: which entries of `in` apply in an environment, and in which order. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { undecidedDifference } from '../diagnostics/differences.ts';
import type { Environment } from '../ir/program.ts';
import type { Differing } from '../language/differing.ts';
import { entries, type Located, type Named, property } from '../project/located.ts';
import type { Span } from '../source/span.ts';
import type { EnvironmentSets } from './environment-sets.ts';
import type { EnvironmentSet } from './find-environments.ts';

/** An entry of `in`, under the name or pattern of the environments it is for. */
export interface Difference<T> {
  readonly entry: Named<T | 'absent'>;
  readonly set: EnvironmentSet;
}

/** The environments that `differencesIn` needs to find the entries of `in` that apply, and the collections that it fills. */
export interface DifferenceSources {
  readonly environments: EnvironmentSets;
  /** For each `in` of a used definition, the entries that apply in some environment. Filled by `differencesIn`. */
  readonly usedDifferences: Map<object, Set<string>>;
  /** If present, `differencesIn` adds the entries that apply. */
  readonly held?: Difference<unknown>[];
}

/** The entries of `in` that apply in an environment, the most specific last. `differencesHold` reports entries that apply in none. */
export function differencesIn<T>(
  definition: Located<Differing<T>>,
  { name }: Environment,
  { environments, usedDifferences, held }: DifferenceSources,
): readonly Difference<T>[] {
  const written = property(definition, 'in');
  if (written === undefined) return [];
  const used = usedDifferences.get(written.value) ?? new Set();
  usedDifferences.set(written.value, used);
  const applying = entries<T | 'absent'>(written).flatMap((entry) => {
    const { value: set } = environments.find(selectorOf(entry));
    if (set === undefined || name === undefined || !set.environments.has(name)) return [];
    used.add(entry.name);
    return [{ entry, set }];
  });
  held?.push(...applying);
  return applying.sort(byGenerality);
}

/** The name or pattern that an entry is under. */
export function selectorOf({ name, nameSpan, file }: Named<unknown>): Located<string> {
  return { value: name, span: nameSpan, file };
}

/** A comparison for `sort`: a difference inside another comes after it, whatever the order in the file. */
export function byGenerality(one: Difference<unknown>, other: Difference<unknown>): number {
  return (
    other.set.environments.size - one.set.environments.size ||
    Number(one.set.kind === 'name') - Number(other.set.kind === 'name') ||
    literalCharacters(one) - literalCharacters(other) ||
    (one.entry.name < other.entry.name ? -1 : 1)
  );
}

function literalCharacters({ entry }: Difference<unknown>): number {
  return entry.name.replaceAll('*', '').length;
}

/**
 * Whether `one` is more specific than `other`, which then applies in all environments of `one`. If both apply in the same environments, a
 * name is inside a group or pattern, and a pattern is inside a pattern that matches it. So the result does not depend on which environments
 * exist.
 */
function isInside(one: Difference<unknown>, other: Difference<unknown>): boolean {
  const [environments, otherEnvironments] = [one.set.environments, other.set.environments];
  if (
    environments.size > otherEnvironments.size ||
    ![...environments.keys()].every((name) => otherEnvironments.has(name))
  )
    return false;
  if (environments.size < otherEnvironments.size) return true;
  if (one.set.kind === 'name') return other.set.kind !== 'name';
  if (one.set.kind !== 'pattern' || other.set.kind !== 'pattern' || one.entry.name === other.entry.name) return false;
  return new RegExp(`^${other.entry.name.replaceAll(/\*+/g, '.*')}$`).test(one.entry.name);
}

/** A property that a difference sets to a single value, and its span. */
export interface Setting {
  readonly name: string;
  readonly span: Span;
}

/**
 * Reports KW2141 for a property that several differences set in one environment if none of them is inside all the others. `owner`: the name
 * that messages use for the definition with these differences.
 */
export function undecided<T extends object>(
  differences: readonly Difference<T>[],
  settings: (difference: Located<T>) => readonly Setting[],
  owner: string,
): readonly Diagnostic[] {
  if (differences.length < 2) return [];
  const bySetting = new Map<string, { readonly difference: Difference<T>; readonly span: Span }[]>();
  for (const difference of differences) {
    if (!isThere(difference)) continue;
    for (const { name, span } of settings(difference.entry)) {
      bySetting.set(name, [...(bySetting.get(name) ?? []), { difference, span }]);
    }
  }
  return [...bySetting].flatMap(([name, setters]) => {
    const mostSpecific = setters.filter(
      ({ difference }) => !setters.some((other) => isInside(other.difference, difference)),
    );
    return mostSpecific.length < 2 ? [] : [undecidedBetween(mostSpecific, `set the \`${name}\` of ${owner}`)];
  });
}

/** Whether a difference changes a definition, rather than removing it. */
export function isThere<T>(difference: Difference<T>): difference is Difference<T> & { readonly entry: Named<T> } {
  return difference.entry.value !== 'absent';
}

/**
 * Decides whether a definition exists where these differences apply, and returns the entry that removes the definition, if any. A change
 * inside the removing entry restores the definition. If neither the change nor the removing entry is inside the other, that is reported
 * (KW2141).
 */
export function presence<T>(
  differences: readonly Difference<T>[],
  of: string,
): { readonly absentBy?: Named<unknown>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  let absentBy: Named<unknown> | undefined;
  for (const one of differences) {
    if (isThere(one)) continue;
    const others = differences.filter(isThere);
    if (!others.some((other) => isInside(other, one))) absentBy = one.entry;
    for (const other of others) {
      if (isInside(one, other) || isInside(other, one)) continue;
      const both = [one, other].map((difference) => ({ difference, span: difference.entry.nameSpan }));
      diagnostics.push(undecidedBetween(both, `decide whether ${of} exists`));
    }
  }
  return { ...(absentBy && { absentBy }), diagnostics };
}

function undecidedBetween(
  setters: readonly { readonly difference: Difference<unknown>; readonly span: Span }[],
  what: string,
): Diagnostic {
  const inOrder = [...setters].sort((one, other) => compareSpans(one.span, other.span));
  const [first, ...others] = inOrder.map(({ difference }) => difference);
  const shared = [...(first?.set.environments.keys() ?? [])].filter((name) =>
    others.every(({ set }) => set.environments.has(name)),
  );
  const related = inOrder
    .slice(0, -1)
    .map(({ difference, span }) => ({ message: `\`${difference.entry.name}\``, span }));
  const selectors = inOrder.map(({ difference }) => difference.entry.name);
  return report(undecidedDifference, inOrder.at(-1)?.span, { selectors, what, shared }, related);
}

function compareSpans(one: Span, other: Span): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

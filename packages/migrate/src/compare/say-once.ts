import type { Change } from './changes.ts';
import { groupBy } from './group-by.ts';

/**
 * Changes that are the same in several places, each once with all of its places: the same statement of a standard in a thousand
 * keys, the same stack in each of its environments. What names the account or region of its place is the same in all of them, and
 * is written `${account}` then; statements have to stand at the same lines.
 */
export function sayOnce(changes: readonly Change[]): Change[] {
  const places = changes.map((change) => ({ change, placeless: placelessOf(change) }));
  return groupBy(places, ({ placeless }) => textOf(placeless)).map((group) => {
    const [{ change, placeless }] = group;
    const isOne = group.every((other) => textOf(other.change) === textOf(change));
    return { ...(isOne ? change : placeless), subjects: group.flatMap((other) => other.change.subjects) };
  });
}

function textOf({ subjects, ...rest }: Change): string {
  return JSON.stringify([subjects[0]?.kind, rest]);
}

/** A change with what its place is called as placeholders: the account, the region, and its stack without the environment. */
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
    names.reduce(
      (known, [name, general]) => (name === undefined ? known : known.replaceAll(name, () => general)),
      text,
    ),
  );
}

/** `security` of `security-prod-eu`: what a stack of several environments is called in the YAML. */
export function definitionOf(stack: string, environment: string | undefined): string {
  const suffix = `-${environment}`;
  return environment !== undefined && stack.endsWith(suffix) ? stack.slice(0, -suffix.length) : stack;
}

/** The same with other texts, but for the names of files. */
function mapTexts<T>(value: T, map: (text: string) => string): T {
  const mapped = (inner: unknown, name: string): unknown => {
    if (typeof inner === 'string') return name === 'file' ? inner : map(inner);
    if (Array.isArray(inner)) return inner.map((element) => mapped(element, name));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, part]) => [key, mapped(part, key)]));
  };
  return mapped(value, '') as T; // texts stay texts
}

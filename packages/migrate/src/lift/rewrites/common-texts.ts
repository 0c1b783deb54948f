/**
 * Finds the text that is the same in several environments, if their values are equal apart from parts of texts. These parts become
 * `${environment}` or `${values.<name>}`.
 */
import { isMapping } from '@keywright/core/syntax/is-mapping';

/** Maps the name of an environment to the environment's values. */
export type Values = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface CommonTexts {
  /**
   * Returns one value in place of the values of all environments, or of the given environments, in order; `undefined` if these differ in
   * more than parts of texts. Every environment of a stack needs a text for a placeholder, so an environment that is not given gets the
   * text of another environment of its account.
   */
  readonly of: <T extends object>(
    all: readonly T[],
    environments?: readonly string[],
  ) => { readonly value: T } | undefined;
  readonly values: () => Values;
}

/** Collects the values that environments get, for several stacks. */
export interface GivenValues {
  /**
   * Gives each environment a value, and returns the name of these values: `word`, or a similar name if the environments have other values
   * under `word`.
   */
  readonly give: (values: ReadonlyMap<string, string>, word: string) => string;
}

export function createValues(): GivenValues {
  const given = new Map<string, Map<string, string>>();
  return {
    give(values, word) {
      let name = word;
      const isTaken = (environment: string, value: string) => (given.get(name)?.get(environment) ?? value) !== value;
      for (let count = 2; [...values].some(([environment, value]) => isTaken(environment, value)); count += 1) {
        name = `${word}${count}`;
      }
      given.set(name, new Map([...(given.get(name) ?? []), ...values]));
      return name;
    },
  };
}

/** `accounts` maps the name of each environment to its account. */
export function createCommonTexts(accounts: ReadonlyMap<string, string>, given: GivenValues): CommonTexts {
  const everywhere: readonly string[] = [...accounts.keys()];
  /** Maps the texts of a value, as a JSON list with one text for each environment, to the name of the value. */
  const names = new Map<string, string>();
  const nameOf = (parts: readonly string[], word: string): string => {
    const key = JSON.stringify(parts);
    const earlier = names.get(key);
    if (earlier !== undefined) return earlier;
    const name = given.give(new Map(everywhere.map((environment, index) => [environment, parts[index] ?? ''])), word);
    names.set(key, name);
    return name;
  };
  const placeholderFor = (parts: readonly string[], environments: readonly string[], word: string): string => {
    if (parts.every((part, index) => part === environments[index])) return '${environment}';
    const all = everywhere.map((environment) => {
      const position = environments.indexOf(environment);
      const index =
        position < 0 ? environments.findIndex((one) => accounts.get(one) === accounts.get(environment)) : position;
      const part = parts[index];
      if (part === undefined) throw new Different();
      return part;
    });
    return `\${values.${nameOf(all, word)}}`;
  };
  const common = (all: readonly unknown[], environments: readonly string[], word: string): unknown => {
    const [first] = all;
    if (all.every((one) => JSON.stringify(one) === JSON.stringify(first))) return first;
    if (all.every((one) => typeof one === 'string')) {
      return commonText(all, word, (parts) => placeholderFor(parts, environments, word));
    }
    if (all.every((one) => Array.isArray(one))) {
      const lists: readonly (readonly unknown[])[] = all;
      const [{ length = 0 } = []] = lists;
      if (lists.some((list) => list.length !== length)) throw new Different();
      return Array.from({ length }, (_, index) =>
        common(
          lists.map((list) => list[index]),
          environments,
          word,
        ),
      );
    }
    if (!all.every(isMapping)) throw new Different();
    const keys = Object.keys(all[0] ?? {});
    if (all.some((one) => Object.keys(one).sort().join('\n') !== [...keys].sort().join('\n'))) throw new Different();
    return Object.fromEntries(
      keys.map((key) => {
        const inner = all.map((one) => one[key]);
        if (fixed.has(key) && inner.some((one) => JSON.stringify(one) !== JSON.stringify(inner[0])))
          throw new Different();
        return [key, common(inner, environments, words[key] ?? (word === ofTags ? identifier(key) : word))];
      }),
    );
  };
  return {
    of<T extends object>(all: readonly T[], environments = everywhere) {
      const before = new Map(names);
      try {
        return { value: common(all, environments, 'text') as T }; // it has the same shape as all of them
      } catch (error) {
        if (!(error instanceof Different)) throw error;
        names.clear();
        for (const [parts, name] of before) names.set(parts, name);
        return undefined;
      }
    },
    values: () =>
      new Map(
        everywhere.map((environment, index) => [
          environment,
          Object.fromEntries(
            [...names].map(([key, name]) => {
              const parts: readonly string[] = JSON.parse(key); // stringified above
              return [name, parts[index] ?? ''];
            }),
          ),
        ]),
      ),
  };
}

/** Properties that get no placeholders. An alias can have placeholders, but the names in generated code derive from its written form. */
const fixed: ReadonlySet<string> = new Set([
  ...['aliases', 'names', 'policyName', 'policyNames', 'policyId', 'environment', 'region', 'targets', 'standard'],
  ...['spec', 'usage', 'origin', 'customKeyStore', 'xksKey', 'rotation', 'pendingWindow', 'removal'],
  ...['sid', 'effect', 'actions', 'notActions', 'can', 'to', 'operations', 'attachTo', 'assumedBy', 'rule'],
]);

const ofTags = 'tags';

/** The name of the value that replaces part of a text under each property. A value for texts under a tag is named after the tag. */
const words: Readonly<Record<string, string>> = {
  description: 'name',
  tags: ofTags,
  principals: 'principal',
  grantee: 'principal',
  conditions: 'condition',
};

class Different extends Error {}

/** Returns the text that replaces several texts, with a placeholder for the part that differs. This part consists of whole words. */
function commonText(
  texts: readonly string[],
  word: string,
  placeholderFor: (parts: readonly string[]) => string,
): string {
  const [first = ''] = texts;
  let start = 0;
  while (start < first.length && texts.every((text) => text[start] === first[start])) start += 1;
  while (start > 0 && texts.some((text) => isInWord(text, start))) start -= 1;
  const longest = Math.min(...texts.map(({ length }) => length)) - start;
  let end = 0;
  while (end < longest && texts.every((text) => text.at(-1 - end) === first.at(-1 - end))) end += 1;
  while (end > 0 && texts.some((text) => isInWord(text, text.length - end))) end -= 1;
  const parts = texts.map((text) => text.slice(start, text.length - end));
  // Values of environments cannot contain placeholders.
  if (parts.some((part) => part === '' || /[$}]/.test(part))) throw new Different();
  // Descriptions that have nothing in common are easier to read in the key than under `values`.
  if (parts.includes(first) && word === words.description) throw new Different();
  return first.slice(0, start) + placeholderFor(parts) + first.slice(first.length - end);
}

/** Whether a position is inside a word or a placeholder. */
function isInWord(text: string, position: number): boolean {
  const isOpen = text.lastIndexOf('${', position - 1) > text.lastIndexOf('}', position - 1);
  return isOpen || /^[A-Za-z0-9]{2}$/.test(text.slice(position - 1, position + 1));
}

/** Returns the name of the value for a tag: `costCenter` for `CostCenter`, `cost-center` for `cost center`. */
function identifier(tag: string): string {
  const name = tag.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'tag' : name.slice(0, 50).replace(/^[A-Z](?![A-Z])/, (first) => first.toLowerCase());
}

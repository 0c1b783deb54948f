import { isList } from '@keywright/core/collections/is-list';
import { Unknown } from '@keywright/core/reading/source-value';

/** A set, in the order in which Terraform sorts it. */
export class HclSet {
  readonly values: readonly HclValue[];

  constructor(values: readonly HclValue[]) {
    this.values = values;
  }
}

/** An error that Terraform reports too, such as access to an element that does not exist. `try` and `can` catch it. */
export class HclFailure extends Unknown {
  constructor({ reason, advice }: Unknown) {
    super(reason, advice);
  }
}

/** A resource, data source or module with lazily computed attributes. */
export class HclObject {
  readonly attribute: (name: string) => HclValue;

  constructor(attribute: (name: string) => HclValue) {
    this.attribute = attribute;
  }
}

export type HclValue =
  | string
  | number
  | boolean
  | null
  | Unknown
  | HclSet
  | HclObject
  | readonly HclValue[]
  | ReadonlyMap<string, HclValue>;

/** Returns the elements of a list, set or map; `undefined` for anything else. */
export function elementsOf(value: HclValue): readonly HclValue[] | undefined {
  if (isList(value)) return value;
  if (value instanceof HclSet) return value.values;
  return value instanceof Map ? byKey(value).map(([, each]) => each) : undefined;
}

/** Returns the keys and values that `for` and the `for_each` of a dynamic block iterate over. */
export function entriesOf(value: HclValue): readonly (readonly [key: HclValue, value: HclValue])[] | undefined {
  if (isList(value)) return value.map((each, index) => [index, each] as const);
  if (value instanceof HclSet) return value.values.map((each) => [each, each] as const);
  return value instanceof Map ? byKey(value) : undefined;
}

/** Sorts a map by its keys, the order in which Terraform iterates over it. */
function byKey(map: ReadonlyMap<string, HclValue>): readonly (readonly [key: string, value: HclValue])[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * Returns the text of a value where Terraform expects text: Terraform converts numbers and booleans. `undefined` if the value has no text
 * form.
 */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Returns a number, which may be written as text; `undefined` for anything else. */
export function numberOf(value: HclValue): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Returns the first unknown value within a value, at any depth. */
export function unknownIn(value: HclValue): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof HclObject) return new Unknown('it is a whole resource', 'name one of its attributes');
  for (const each of elementsOf(value) ?? []) {
    const unknown = unknownIn(each);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** Returns the value as JSON, with sorted names. The value must not contain unknown values. */
export function plainOf(value: HclValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries(byKey(value).map(([key, each]) => [key, plainOf(each)]));
  }
  return elementsOf(value)?.map(plainOf) ?? value;
}

export function valueFrom(plain: unknown): HclValue {
  if (Array.isArray(plain)) return plain.map(valueFrom);
  if (typeof plain === 'object' && plain !== null)
    return new Map(Object.entries(plain).map(([key, each]) => [key, valueFrom(each)]));
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : null;
}

export function setOf(values: readonly HclValue[]): HclSet {
  const byText = new Map(values.map((value) => [JSON.stringify(plainOf(value)), value]));
  const order = (value: HclValue) => asText(value) ?? JSON.stringify(plainOf(value));
  return new HclSet(
    [...byText.values()].sort((one, other) =>
      typeof one === 'number' && typeof other === 'number' ? one - other : order(one) < order(other) ? -1 : 1,
    ),
  );
}

/**
 * Converts values to one type, as Terraform does it: if one of them is text, numbers and booleans become text, in lists and maps too.
 * Source: cty, `convert.Unify`.
 */
export function unified(values: readonly HclValue[]): readonly HclValue[] {
  if (values.length === 0) return values;
  const isAll = (holds: (value: HclValue) => boolean) => values.every((value) => value === null || holds(value));
  if (isAll(isList)) {
    const lists = values.map((value) => (value !== null && isList(value) ? value : []));
    const lengths = new Set(values.flatMap((value) => (value !== null && isList(value) ? value.length : [])));
    const [length = 0] = lengths;
    const columns = lengths.size === 1 ? Array.from({ length }, (_, at) => lists.map((list) => list[at] ?? null)) : [];
    const made = columns.map(unified);
    const rest = lengths.size === 1 ? [] : unified(lists.flat());
    let next = 0;
    return values.map((value, row) => {
      if (value === null || !isList(value)) return value;
      if (lengths.size === 1) return made.map((column) => column[row] ?? null);
      next += value.length;
      return rest.slice(next - value.length, next);
    });
  }
  if (isAll((value) => value instanceof Map)) {
    const maps = values.map((value) => (value instanceof Map ? value : new Map<string, HclValue>()));
    const names = new Set(maps.flatMap((map) => [...map.keys()]));
    const haveAll = values.every((value) => value === null || (value instanceof Map && value.size === names.size));
    const columns = haveAll
      ? new Map([...names].map((name) => [name, unified(maps.map((map) => map.get(name) ?? null))]))
      : undefined;
    const rest = haveAll ? [] : unified(maps.flatMap((map) => [...map.values()]));
    let next = 0;
    return values.map((value, row) => {
      if (!(value instanceof Map)) return value;
      return new Map(
        [...value.keys()].map((name): readonly [string, HclValue] => {
          if (columns !== undefined) return [name, columns.get(name)?.[row] ?? null];
          next += 1;
          return [name, rest[next - 1] ?? null];
        }),
      );
    });
  }
  if (!values.some((value) => typeof value === 'string')) return values;
  return values.map((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value));
}

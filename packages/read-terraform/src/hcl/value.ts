import { Unknown } from '@keywright/core/reading/source-value';

/** A set of texts, sorted as Terraform keeps it. */
export class HclSet {
  readonly values: readonly HclValue[];

  constructor(values: readonly HclValue[]) {
    this.values = values;
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

export function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}

/** The elements of a list, set or map; `undefined` for anything else. */
export function elementsOf(value: HclValue): readonly HclValue[] | undefined {
  if (isList(value)) return value;
  if (value instanceof HclSet) return value.values;
  return value instanceof Map ? byKey(value).map(([, each]) => each) : undefined;
}

/** Keys and values as `for` and the `for_each` of a dynamic block see them. */
export function entriesOf(value: HclValue): readonly (readonly [key: HclValue, value: HclValue])[] | undefined {
  if (isList(value)) return value.map((each, index) => [index, each] as const);
  if (value instanceof HclSet) return value.values.map((each) => [each, each] as const);
  return value instanceof Map ? byKey(value) : undefined;
}

/** A map has no order of its own: Terraform goes through it by its keys. */
function byKey(map: ReadonlyMap<string, HclValue>): readonly (readonly [key: string, value: HclValue])[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The value as text; `undefined` if it has no text form. */
export function textOf(value: HclValue): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The first unknown value within a value, at any depth. */
export function unknownIn(value: HclValue): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof HclObject) return new Unknown('it is a whole resource', 'name one of its attributes');
  for (const each of elementsOf(value) ?? []) {
    const found = unknownIn(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The value as JSON, names sorted; it must not contain unknown values. */
export function plainOf(value: HclValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries(byKey(value).map(([key, each]) => [key, plainOf(each)]));
  }
  return elementsOf(value)?.map(plainOf) ?? value;
}

/** Converts a JSON value. */
export function valueFrom(plain: unknown): HclValue {
  if (Array.isArray(plain)) return plain.map(valueFrom);
  if (typeof plain === 'object' && plain !== null)
    return new Map(Object.entries(plain).map(([key, each]) => [key, valueFrom(each)]));
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : null;
}

export function setOf(values: readonly HclValue[]): HclSet {
  const byText = new Map(values.map((value) => [JSON.stringify(plainOf(value)), value]));
  const order = (value: HclValue) => textOf(value) ?? JSON.stringify(plainOf(value));
  return new HclSet(
    [...byText.values()].sort((one, other) =>
      typeof one === 'number' && typeof other === 'number' ? one - other : order(one) < order(other) ? -1 : 1,
    ),
  );
}

/** A value that comes again further down, under the name by which it is meant there. */
export class Anchor {
  readonly name: string;
  readonly value: object;

  constructor(name: string, value: object) {
    this.name = name;
    this.value = value;
  }
}

/** The value of the anchor of that name. */
export class Alias {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Shorter ones are read at a glance where they stand. */
const fewestCharacters = 40;

/** What is the same on purpose where it is the same: what somebody may do, and under which conditions. */
const properties: ReadonlySet<string> = new Set(['actions', 'notActions', 'can', 'operations', 'conditions', 'when']);

/**
 * A value in which the lists of texts and the conditions that come again stand once, at their first place, and are named from there on.
 *
 * @param print a value on one line, of which it is asked how long and whether it is the same
 */
export function withAnchors(value: object, print: (value: unknown) => string): object {
  const counts = new Map<string, number>();
  /** What a value is known by; undefined where it stands for itself alone. */
  const textOf = (property: string, one: unknown): string | undefined => {
    const isList = Array.isArray(one) && one.every((item) => typeof item === 'string');
    if (!isList && !(properties.has(property) && typeof one === 'object' && one !== null)) return undefined;
    const text = print(one);
    return text.length < fewestCharacters ? undefined : text;
  };
  visit(value, (property, one) => {
    const text = textOf(property, one);
    if (text === undefined) return true;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    // What stands inside something that comes again comes again with it.
    return counts.get(text) === 1;
  });
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  const named = (property: string): string => {
    const base = /[A-Za-z]\w*$/.exec(property)?.[0] ?? 'values';
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return count === 1 ? base : `${base}-${count}`;
  };
  const exchange = (property: string, one: unknown): unknown => {
    const text = textOf(property, one);
    if (text === undefined || (counts.get(text) ?? 0) < 2) return inside(one, exchange);
    const known = names.get(text);
    if (known !== undefined) return new Alias(known);
    const name = named(property);
    names.set(text, name);
    return new Anchor(name, inside(one, exchange) as object); // only lists and mappings come here
  };
  return inside(value, exchange) as object; // as above
}

/** Goes through what stands under each property, before what is in it, as it is printed. */
function visit(value: unknown, enter: (property: string, value: unknown) => boolean): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [property, one] of Object.entries(value)) {
    if (Array.isArray(value) || enter(property, one)) visit(one, enter);
  }
}

function inside(value: unknown, exchange: (property: string, value: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => inside(one, exchange));
  return Object.fromEntries(Object.entries(value).map(([property, one]) => [property, exchange(property, one)]));
}

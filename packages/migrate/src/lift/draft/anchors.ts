/** A value that is repeated further down, and the name that references to it use. */
export class Anchor {
  readonly name: string;
  readonly value: object;

  constructor(name: string, value: object) {
    this.name = name;
    this.value = value;
  }
}

/** A reference to the anchor with this name. */
export class Alias {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Shorter values are easier to read where they are than through a reference. */
const fewestCharacters = 40;

/** Properties whose equal values are no coincidence, because they list actions or conditions. */
const properties: ReadonlySet<string> = new Set(['actions', 'notActions', 'can', 'operations', 'conditions', 'when']);

/**
 * Puts an anchor at the first occurrence of a repeated list of texts or a repeated condition, and a reference at every other occurrence.
 *
 * @param print prints a value on one line; its length decides whether a value is long enough, and its text whether values are equal
 */
export function withAnchors(value: object, print: (value: unknown) => string): object {
  const counts = new Map<string, number>();
  /** Returns the text that identifies a value; `undefined` if the value is never replaced by a reference. */
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
    // A value inside a repeated value is repeated together with it, so it is not counted again.
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
    const existing = names.get(text);
    if (existing !== undefined) return new Alias(existing);
    const name = named(property);
    names.set(text, name);
    return new Anchor(name, inside(one, exchange) as object); // only lists and mappings get here
  };
  return inside(value, exchange) as object; // as above
}

/** Visits the value of each property in the order of printing, outer values first. */
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

/**
 * Texts of which a part is known only when the program is deployed. The known parts stay text and the others are symbols
 * that say whose they are, so that two mentions of one role's ARN compare equal although nobody knows it yet.
 */

/** A part that the deployment, or the request, decides. */
export interface Unknown {
  readonly unknown: UnknownKind;
  /** Whose it is: a stack (`security`), a resource of one (`security/role/ordersApi`), or in words. */
  readonly of: string;
}

export type UnknownKind =
  /** What a stack without an environment is deployed to. */
  | 'account'
  | 'region'
  | 'partition'
  | 'dnsSuffix'
  /** The name that the tool or IAM gives a role, user or group. */
  | 'name'
  /** The id that KMS gives a key. */
  | 'id'
  /** The path of a role, user or group of which only the name is known, or the rest of a longer path. May be empty. */
  | 'path'
  /** The session name of an assumed role. */
  | 'session'
  /** Which principal it is, where only its account or organization is known. */
  | 'principal'
  /** The value of a condition key that every such request has. */
  | 'value';

/** A text with at least one unknown part. */
export interface SymbolicText {
  /** Text and unknowns by turns; no empty texts, no two texts side by side. */
  readonly parts: readonly (string | Unknown)[];
  /** How it is shown: `arn:aws:iam::111122223333:role/<name of security/role/ordersApi>`. The same for equal texts only. */
  readonly text: string;
}

/** A text, known or in part unknown. */
export type Value = string | SymbolicText;

/** How a value is shown to people; also what tells different values apart. */
export function shown(value: Value): string {
  return typeof value === 'string' ? value : value.text;
}

export function showUnknown(unknown: Unknown): string {
  return `<${unknown.unknown} of ${unknown.of}>`;
}

/** The parts one after the other. */
export function joinValue(parts: readonly (Value | Unknown)[]): Value {
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  const flat: (string | Unknown)[] = [];
  for (const part of parts.flatMap(partsOf)) {
    const last = flat.at(-1);
    if (typeof part !== 'string') flat.push(part);
    else if (typeof last === 'string') flat[flat.length - 1] = last + part;
    else if (part !== '') flat.push(part);
  }
  return { parts: flat, text: flat.map((part) => (typeof part === 'string' ? part : showUnknown(part))).join('') };
}

export function partsOf(value: Value | Unknown): readonly (string | Unknown)[] {
  if (typeof value === 'string') return [value];
  return 'parts' in value ? value.parts : [value];
}

/** What of a value is not known. */
export function unknownsOf(value: Value): readonly Unknown[] {
  return typeof value === 'string' ? [] : value.parts.filter((part) => typeof part !== 'string');
}

/** Whether two values are one and the same, whatever the deployment decides. */
export function identical(one: Value, other: Value): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one === other || one.text === other.text;
}

/**
 * The value cut at the first `count` of these separators that stand in its known text; fewer pieces when there are fewer
 * separators. What is unknown holds none of them: an account has no colon, a name no slash.
 */
export function splitValue(value: Value, separator: string, count: number): readonly Value[] {
  if (typeof value === 'string') return splitText(value, separator, count);
  const pieces: (string | Unknown)[][] = [[]];
  for (const part of value.parts) {
    const texts = typeof part === 'string' ? splitText(part, separator, count - (pieces.length - 1)) : [part];
    const [first, ...rest] = texts;
    if (first !== undefined) pieces.at(-1)?.push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return pieces.map(joinValue);
}

function splitText(text: string, separator: string, count: number): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (pieces.length < count) {
    const at = text.indexOf(separator, start);
    if (at < 0) break;
    pieces.push(text.slice(start, at));
    start = at + separator.length;
  }
  pieces.push(text.slice(start));
  return pieces;
}

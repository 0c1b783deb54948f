/**
 * Text with parts that are known only after deployment. Known parts stay text; unknown parts are symbols that name their owners, so that
 * two mentions of one role's ARN compare equal before anybody knows the ARN.
 */

/** A part that the deployment, or the request, decides. */
export interface Unknown {
  readonly unknown: UnknownKind;
  /** Its owner: a stack (`security`), a resource (`security/role/ordersApi`), or a description in words. */
  readonly of: string;
}

export type UnknownKind =
  /** Where a stack without an environment is deployed. */
  | 'account'
  | 'region'
  | 'partition'
  | 'dnsSuffix'
  /** The name that the tool or IAM gives a role, user or group. */
  | 'name'
  /** The id that KMS gives a key. */
  | 'id'
  /** The path of a role, user or group known only by name, or the rest of a longer path. May be empty. */
  | 'path'
  /** The session name of an assumed role. */
  | 'session'
  /** A principal known only by its account or organization. */
  | 'principal'
  /** The unknown value of a condition key that all requests of this kind have. */
  | 'value';

/** A text with at least one unknown part. */
export interface SymbolicText {
  /** Text and unknown parts alternate; no text is empty, and no two texts are adjacent. */
  readonly parts: readonly (string | Unknown)[];
  /**
   * The value as shown: `arn:aws:iam::111122223333:role/<name of security/role/ordersApi>`. Values are shown alike if
   * and only if they are equal.
   */
  readonly text: string;
}

/** A text, possibly with unknown parts. */
export type Value = string | SymbolicText;

/** The value as shown to people; also identifies the value. */
export function shown(value: Value): string {
  return typeof value === 'string' ? value : value.text;
}

export function showUnknown(unknown: Unknown): string {
  return `<${unknown.unknown} of ${unknown.of}>`;
}

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

/** Replaces each occurrence of a text in a value. */
export function withReplaced(value: Value, text: string | RegExp, by: Value): Value {
  const inText = (part: string): readonly Value[] =>
    part.split(text).flatMap((between, index) => (index === 0 ? [between] : [by, between]));
  return joinValue(
    partsOf(value).flatMap((part): readonly (Value | Unknown)[] => (typeof part === 'string' ? inText(part) : [part])),
  );
}

export function partsOf(value: Value | Unknown): readonly (string | Unknown)[] {
  if (typeof value === 'string') return [value];
  return 'parts' in value ? value.parts : [value];
}

export function unknownsOf(value: Value): readonly Unknown[] {
  return typeof value === 'string' ? [] : value.parts.filter((part) => typeof part !== 'string');
}

/** Whether a value has wildcards or policy variables. */
export function isPattern(value: Value): boolean {
  return partsOf(value).some((part) => typeof part === 'string' && /[*?]|\$\{/.test(part));
}

/** Whether two values are equal, whatever the deployment decides. */
export function identical(one: Value, other: Value): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one === other || one.text === other.text;
}

/**
 * Splits a value at the first `count` separators in its known text; returns fewer pieces if there are fewer separators. Unknown parts
 * contain no separators: an account has no colon, a name no slash.
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

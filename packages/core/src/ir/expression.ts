/**
 * A value that a target may have to compute. Target-neutral: the three emitters print the same expression as
 * `!GetAtt OrdersKey.Arn`, `aws_kms_key.orders.arn` and `ordersKey.arn`.
 */
export type Expression = Literal | Concat | Reference | CrossStack | Pseudo;

/** Text as it stands. A `${` inside it is text too. */
export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

/** Its parts one after the other. Never nested, never empty, no two literals side by side: `concat()` sees to it. */
export interface Concat {
  readonly kind: 'concat';
  readonly parts: readonly Exclude<Expression, Concat>[];
}

/**
 * An attribute of a resource of the same stack: a key's or replica's `arn` and `id`; an alias's `arn` and `name`
 * (`alias/…`); a role's, user's or group's `arn` and `name`.
 */
export interface Reference {
  readonly kind: 'reference';
  /** The `id` of a resource in the same stack. */
  readonly resource: string;
  readonly attribute: 'arn' | 'id' | 'name';
}

/** A value that another stack exports. `stack` and `export` name one entry of this stack's `imports`. */
export interface CrossStack {
  readonly kind: 'crossStack';
  readonly stack: string;
  readonly export: string;
}

/** The account, region, partition or DNS suffix that the stack turns out to be deployed to. Only where it is not known. */
export interface Pseudo {
  readonly kind: 'pseudo';
  readonly name: 'account' | 'region' | 'partition' | 'dnsSuffix';
}

/** Literal text. */
export function literal(text: string): Literal {
  return { kind: 'literal', text };
}

/** Joins expressions, flattening nested ones and merging neighbouring literals. */
export function concat(...parts: readonly Expression[]): Expression {
  return concatAll(parts);
}

/** As `concat`, for a list that can be longer than the arguments of a call. */
export function concatAll(parts: readonly Expression[]): Expression {
  const flat: Exclude<Expression, Concat>[] = [];
  for (const part of parts.flatMap((part) => (part.kind === 'concat' ? part.parts : [part]))) {
    const last = flat.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal') flat[flat.length - 1] = literal(last.text + part.text);
    else if (part.kind !== 'literal' || part.text !== '') flat.push(part);
  }
  if (flat.length === 0) return literal('');
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'concat', parts: flat };
}

/** A text that is the same for equal expressions and differs for different ones; for comparing and for map keys. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression);
}

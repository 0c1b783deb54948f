import * as z from '../schema/schema.ts';
import type { Immutable } from './immutable.ts';

const literalSchema = z
  .strictObject({ kind: z.literal('literal'), text: z.string() })
  .meta({ description: 'Literal text, including any `${`.' });

const reference = z
  .strictObject({
    kind: z.literal('reference'),
    resource: z.string().meta({ description: 'The `id` of a resource in the same stack.' }),
    attribute: z.enum(['arn', 'id', 'name']),
  })
  .meta({
    description:
      'An attribute of a resource in the same stack: a key’s or replica’s `arn` and `id`; an alias’s `arn` and `name` (`alias/…`); a role’s, user’s or group’s `arn` and `name`.',
  });

const crossStack = z.strictObject({ kind: z.literal('crossStack'), stack: z.string(), export: z.string() }).meta({
  description: 'A value that another stack exports. `stack` and `export` name one entry of this stack’s `imports`.',
});

const pseudo = z
  .strictObject({ kind: z.literal('pseudo'), name: z.enum(['account', 'region', 'partition', 'dnsSuffix']) })
  .meta({
    description:
      'The account, region, partition or DNS suffix of the place where the stack is deployed. Only if it is unknown beforehand.',
  });

const part = z.discriminatedUnion('kind', [literalSchema, reference, crossStack, pseudo]);

const concatSchema = z.strictObject({ kind: z.literal('concat'), parts: z.array(part) }).meta({
  description: 'The parts, concatenated. Never empty, and without adjacent literals: `concat()` ensures this.',
});

/**
 * A value that a target may have to compute, independent of targets: the three emitters print the same expression as
 * `!GetAtt OrdersKey.Arn`, `aws_kms_key.orders.arn` and `ordersKey.arn`.
 */
export const expression = z
  .union([part, concatSchema])
  .meta({ id: 'Expression', description: 'A value that a target may have to compute.' });

export type Expression = Immutable<z.infer<typeof expression>>;
export type Literal = Extract<Expression, { kind: 'literal' }>;
export type Concat = Extract<Expression, { kind: 'concat' }>;
export type Reference = Extract<Expression, { kind: 'reference' }>;
export type CrossStack = Extract<Expression, { kind: 'crossStack' }>;
export type Pseudo = Extract<Expression, { kind: 'pseudo' }>;

/** Literal text. */
export function literal(text: string): Literal {
  return { kind: 'literal', text };
}

/** Joins expressions, flattening nested ones and merging neighbouring literals. */
export function concat(...parts: readonly Expression[]): Expression {
  return concatAll(parts);
}

/** The same as `concat`, for a list that may be longer than a call's arguments. */
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

/** Equal for equal expressions only; for comparisons and map keys. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression);
}

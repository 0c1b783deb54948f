import * as z from '../schema/schema.ts';
import type { Span } from '../source/span.ts';
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
/** An expression that contains no other expressions. */
export type Part = Exclude<Expression, Concat>;

/** The parts that an expression consists of; a part consists of itself. */
export function partsOf(expression: Expression): readonly Part[] {
  return expression.kind === 'concat' ? expression.parts : [expression];
}

/** An account, region, partition and DNS suffix as expressions. */
export type PlaceExpressions = Readonly<Record<Pseudo['name'], Expression>>;

export function literal(text: string): Literal {
  return { kind: 'literal', text };
}

/** The text of a literal; `undefined` for what the deployment decides. */
export function literalText(expression: Expression): string | undefined {
  return expression.kind === 'literal' ? expression.text : undefined;
}

/**
 * The part of a deployment that a text comes from: its account, region, partition or DNS suffix, which AWS knows as well, or the name,
 * purpose, a value or a tag of its environment, which only the project knows. `imports.…`: the ARN or id of a key that was looked up for
 * the deployment. `replicas.<region>.…`: a property of the environment of the replicas in that region; this environment differs by account.
 * `differences.…`: a value that an entry of `in` can change. `deployment`: text made from the deployment in another way, such as a name
 * with a digest.
 */
export type Origin =
  | 'account'
  | 'region'
  | 'partition'
  | 'dnsSuffix'
  | 'environment'
  | 'purpose'
  | 'deployment'
  | `values.${string}`
  | `tags.${string}`
  | `imports.${string}`
  | `replicas.${string}`
  | DifferenceOrigin;

/**
 * The place of the entries of `in`: in the key or replica itself, in a standard, or under the tags of a stack. For replicas, entries in a
 * standard or a stack have other origins, since replicas are in other environments.
 */
export type DifferenceOrigin = 'differences.key' | SharedDifference | `replicas.${string}.${SharedDifference}`;
export type SharedDifference = `differences.standard.${string}` | 'differences.stack';

/** A stretch of a literal that comes from the deployment: from the character at `start` to the one before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

/** A symbol, so that JSON and comparisons of JSON leave it out: where a text comes from is not part of its content. */
const stretches = Symbol('stretches');

/** The origin of the entries of `in` that can change a text as a whole. A symbol for the same reason as `stretches`. */
const difference = Symbol('difference');

/** The position in the YAML of a text that entries of `in` can change. A symbol for the same reason as `stretches`. */
const written = Symbol('written');

interface LiteralOfDeployment extends Literal {
  readonly [stretches]?: readonly Stretch[];
  readonly [difference]?: DifferenceOrigin;
  readonly [written]?: Span;
}

/** Whether the text of an origin depends on the deployment, but is not in the deployment's own environment. */
export function isOfDeployment(origin: Origin): boolean {
  return origin === 'deployment' || origin.startsWith('imports.') || origin.startsWith('replicas.');
}

/** Whether an entry of `in` decides the text of an origin. */
export function isDifference(origin: Origin): origin is DifferenceOrigin {
  return /^(?:replicas\.[^.]+\.)?differences\./.test(origin);
}

/**
 * Marks a text with the entries of `in` that can change it, if any, and with its span in the YAML. An expression that is not literal stays
 * as it is: stacks with different expressions have different shapes anyway.
 */
export function differing<T extends Expression>(expression: T, origin: DifferenceOrigin | undefined, span?: Span): T {
  if (origin === undefined || expression.kind !== 'literal') return expression;
  return { ...expression, [difference]: origin, ...(span !== undefined && { [written]: span }) };
}

/**
 * The position in the YAML of a text that entries of `in` can change; `undefined` for any other text, and if `differing` recorded no
 * position.
 */
export function spanIn(text: LiteralOfDeployment): Span | undefined {
  return text[written];
}

/** The origin of the entries of `in` that can change a text; `undefined` if none can. */
export function differenceIn(text: LiteralOfDeployment): DifferenceOrigin | undefined {
  return text[difference];
}

/** Literal text that comes from the deployment. */
export function literalFrom(origin: Origin, text: string): Literal {
  return withStretches(text, text === '' ? [] : [{ start: 0, end: text.length, origin }]);
}

/** The stretches of a literal that come from the deployment, in order, none overlapping. */
export function stretchesOf(text: LiteralOfDeployment): readonly Stretch[] {
  return text[stretches] ?? [];
}

/**
 * A text changed as a whole, for example cut to a maximum length. If any part of it came from the deployment, the whole result gets the
 * origin `deployment`.
 */
export function changedText(whole: Literal, change: (text: string) => string): Literal {
  const text = change(whole.text);
  if (text === whole.text) return whole;
  return stretchesOf(whole).length === 0 ? literal(text) : literalFrom('deployment', text);
}

/** Whether a text, or part of it, came from the deployment and was then changed as a whole. */
export function isChangedText(expression: Expression): boolean {
  return partsOf(expression).some(
    (part) => part.kind === 'literal' && stretchesOf(part).some(({ origin }) => origin === 'deployment'),
  );
}

/** The part of a text from the character at `start` to the one before `end`. A stretch that is cut gets the origin `deployment`. */
export function partOfText(whole: Literal, start: number, end: number = whole.text.length): Literal {
  const overlapping = stretchesOf(whole).flatMap((stretch): readonly Stretch[] => {
    const overlap = { start: Math.max(stretch.start, start), end: Math.min(stretch.end, end) };
    if (overlap.end <= overlap.start) return [];
    const isWhole = overlap.start === stretch.start && overlap.end === stretch.end;
    const origin = isWhole ? stretch.origin : 'deployment';
    return [{ start: overlap.start - start, end: overlap.end - start, origin }];
  });
  return withStretches(whole.text.slice(start, end), overlapping);
}

/** The text after the last slash: the name at the end of an ARN. */
export function afterLastSlash(expression: Expression): Expression {
  const parts = partsOf(expression);
  const last = parts.findLastIndex((part) => part.kind === 'literal' && part.text.includes('/'));
  const start = parts[last];
  if (start?.kind !== 'literal') return expression;
  return concatAll([partOfText(start, start.text.lastIndexOf('/') + 1), ...parts.slice(last + 1)]);
}

/** Removes the origins from an expression that is the same in every deployment. */
export function fixed<T extends Expression>(expression: T): T {
  if (expression.kind === 'concat') return { ...expression, parts: expression.parts.map(fixed) };
  return expression.kind === 'literal' ? (literal(expression.text) as T) : expression; // of the same kind
}

/**
 * Returns an expression for use in a stack other than the one that writes it. Removes origins that would mean something else there, such as
 * an import of the same name.
 */
export function inOtherStack(expression: Expression): Expression {
  if (expression.kind === 'concat') return concatAll(expression.parts.map(inOtherStack));
  if (expression.kind !== 'literal') return expression;
  return withStretches(
    expression.text,
    stretchesOf(expression).filter(({ origin }) => !isOfDeployment(origin)),
  );
}

/** A literal of this text whose stretches from the deployment are at the same characters as those of `other`. */
export function literalLike(other: Literal, text: string): Literal {
  return withStretches(text, stretchesOf(other));
}

function withStretches(text: string, newStretches: readonly Stretch[]): Literal {
  const whole: LiteralOfDeployment =
    newStretches.length === 0 ? literal(text) : { ...literal(text), [stretches]: newStretches };
  return whole;
}

/** Joins literals; the stretches that come from the deployment keep their origins. */
export function joinedText(texts: readonly Literal[]): Literal {
  const joinedStretches: Stretch[] = [];
  let length = 0;
  for (const text of texts) {
    for (const { start, end, origin } of stretchesOf(text)) {
      joinedStretches.push({ start: start + length, end: end + length, origin });
    }
    length += text.text.length;
  }
  return withStretches(texts.map(({ text }) => text).join(''), joinedStretches);
}

/** Joins expressions, flattening nested ones and merging neighbouring literals. */
export function concat(...parts: readonly Expression[]): Expression {
  return concatAll(parts);
}

/** `concat` for a list that may be too long for the arguments of a call. */
export function concatAll(parts: readonly Expression[]): Expression {
  const flat: Part[] = [];
  // Literals are joined all at once, since a text may have thousands of placeholders.
  let texts: Literal[] = [];
  const join = () => {
    const whole = texts.length === 1 && texts[0] !== undefined ? texts[0] : joinedText(texts);
    if (whole.text !== '') flat.push(whole);
    texts = [];
  };
  for (const part of parts.flatMap(partsOf)) {
    if (part.kind === 'literal') {
      texts.push(part);
      continue;
    }
    join();
    flat.push(part);
  }
  join();
  if (flat.length === 0) return literal('');
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'concat', parts: flat };
}

/**
 * An expression as the YAML could write it, the same in all environments: `app-${values.team}`. Other resources are placeholders too:
 * `${role/ordersApi}`.
 */
export function writtenText(expression: Expression): string {
  return partsOf(expression).map(writtenPart).join('');
}

function writtenPart(part: Part): string {
  switch (part.kind) {
    case 'literal':
      return writtenLiteral(part);
    case 'reference':
      return `\${${part.resource}}`;
    case 'crossStack':
      return `\${${part.stack}:${part.export}}`;
    case 'pseudo':
      return `\${${part.name}}`;
  }
}

function writtenLiteral(whole: Literal): string {
  let text = '';
  let last = 0;
  for (const { start, end, origin } of stretchesOf(whole)) {
    text += `${whole.text.slice(last, start)}\${${origin}}`;
    last = end;
  }
  return text + whole.text.slice(last);
}

/** A text that is the same for equal expressions only, for comparisons and as a key of maps. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression);
}

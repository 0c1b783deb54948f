import {
  alternatives,
  breaks,
  concat,
  type Doc,
  group,
  ifBroken,
  indent,
  indentIfBroken,
  join,
  line,
  printDoc,
  repeatedDoc,
  softline,
} from './layout.ts';
import { isIdentifier, propertyKey, stringLiteral, templateText } from './text.ts';
import { displayWidth } from './width.ts';

/** A TypeScript expression, of one of the kinds that a program of resources needs. */
export type Code = StringCode | ScalarCode | AtomCode | TemplateCode | ArrayCode | ObjectCode | RepeatedCode | CallCode;

interface StringCode {
  readonly kind: 'string';
  readonly text: string;
}

interface ScalarCode {
  readonly kind: 'scalar';
  readonly text: string;
}

/** A name or a chain of members, such as `ordersKey.arn`, printed verbatim. */
export interface AtomCode {
  readonly kind: 'atom';
  readonly text: string;
  /** Whether the value is a Pulumi output: text that may be known only after deployment. */
  readonly isOutput?: true;
}

/** Literal text with expressions in between. */
interface TemplateCode {
  readonly kind: 'template';
  readonly tag: 'pulumi.interpolate' | '';
  readonly parts: readonly (StringCode | AtomCode)[];
}

/** An array. It must not consist of numbers only, because Prettier would fill its lines. */
interface ArrayCode {
  readonly kind: 'array';
  readonly items: readonly Code[];
}

export interface ObjectCode {
  readonly kind: 'object';
  readonly entries: readonly (readonly [key: string, value: Code])[];
  /** Whether each entry gets a line of its own, even if all would fit on one line. Prettier keeps the author's choice. */
  readonly expanded: boolean;
}

/** An object that occurs many times, with its layout. */
interface RepeatedCode {
  readonly kind: 'repeated';
  readonly code: ObjectCode;
  readonly doc: Doc;
}

/** A call or, with `new` in the callee, a construction. */
export interface CallCode {
  readonly kind: 'call';
  readonly callee: string;
  readonly arguments: readonly Code[];
}

export function string(text: string): StringCode {
  return { kind: 'string', text };
}

export function scalar(value: number | boolean): ScalarCode {
  return { kind: 'scalar', text: String(value) };
}

export function atom(text: string): AtomCode {
  return { kind: 'atom', text };
}

export function output(text: string): AtomCode {
  return { kind: 'atom', text, isOutput: true };
}

/** Joins text and expressions. The result is a string literal if there are no expressions. */
export function template(parts: readonly (StringCode | AtomCode)[]): TemplateCode | StringCode {
  const merged: (StringCode | AtomCode)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    // Merges neighbouring texts, because a `$` at the end of one and a `{` at the start of the next would form an expression.
    if (part.kind === 'string' && last?.kind === 'string') merged[merged.length - 1] = string(last.text + part.text);
    else merged.push(part);
  }
  const [only = string('')] = merged;
  if (merged.length < 2 && only.kind === 'string') return only;
  return { kind: 'template', tag: merged.some(holdsOutput) ? 'pulumi.interpolate' : '', parts: merged };
}

/** Whether an expression contains an output, so that it is not a plain value. */
export function holdsOutput(code: Code): boolean {
  return some(code, (part) => part.kind === 'atom' && part.isOutput === true);
}

/** Whether an expression refers to a namespace that the program imports. */
export function mentions(code: Code, namespace: string): boolean {
  const start = `${namespace}.`;
  const construction = `new ${namespace}.`;
  const isOf = (text: string) => text.startsWith(start) || text.startsWith(construction);
  return some(code, (part) => {
    switch (part.kind) {
      case 'atom':
        return isOf(part.text);
      case 'template':
        return isOf(part.tag);
      case 'call':
        return isOf(part.callee);
      default:
        return false;
    }
  });
}

function some(code: Code, isSo: (code: Code) => boolean): boolean {
  if (isSo(code)) return true;
  if (code.kind === 'string' || code.kind === 'scalar' || code.kind === 'atom') return false;
  const inside = (part: Code) => some(part, isSo);
  switch (code.kind) {
    case 'template':
      return code.parts.some(inside);
    case 'array':
      return code.items.some(inside);
    case 'object':
      return code.entries.some(([, value]) => inside(value));
    case 'repeated':
      return inside(code.code);
    case 'call':
      return code.arguments.some(inside);
  }
}

export function array(items: readonly Code[]): ArrayCode {
  return { kind: 'array', items };
}

/** An object with one entry per line; entries without a value are left out. */
export function object(entries: readonly (readonly [string, Code | undefined])[]): ObjectCode {
  return { kind: 'object', entries: entries.filter(hasValue), expanded: true };
}

export function inlineObject(entries: readonly (readonly [string, Code | undefined])[]): ObjectCode {
  return { ...object(entries), expanded: false };
}

export function repeated(code: ObjectCode): RepeatedCode {
  return { kind: 'repeated', code, doc: repeatedDoc(docOf(code)) };
}

function hasValue(entry: readonly [string, Code | undefined]): entry is readonly [string, Code] {
  return entry[1] !== undefined;
}

export function call(callee: string, ...args: readonly Code[]): CallCode {
  return { kind: 'call', callee, arguments: args };
}

/**
 * The text after `declared` (`const ordersKey`) in a statement, in Prettier's form. It starts with `=` and ends before the semicolon, which
 * the template writes.
 */
export function printAssignment(declared: string, value: Code): string {
  const statement = printDoc(concat(assignment(declared, ' =', value, false), ';'));
  return statement.slice(declared.length + 1, -1);
}

/** The text of an expression at the start of a line, without the semicolon, which the template writes. */
export function printExpression(value: Code): string {
  return printDoc(concat(docOf(value), ';')).slice(0, -1);
}

/** A declaration or a property, broken where Prettier breaks it (`chooseLayout` in Prettier). */
function assignment(left: string, operator: string, value: Code, isProperty: boolean): Doc {
  const right = docOf(value);
  // Breaking the line after a short key gains nothing: the value would move by only a column or two.
  const hasShortKey = isProperty && displayWidth(left) < 5;
  if (value.kind === 'template' || value.kind === 'scalar' || (hasShortKey && value.kind !== 'object')) {
    return group(concat(left, operator, ' ', right));
  }
  if (isUnbreakable(value)) return group(concat(left, operator, group(indent(concat(line, right)))));
  if (hasShortKey) return group(concat(left, operator, ' ', right));
  const gap = group(indent(line));
  return group(concat(left, operator, gap, indentIfBroken(right, gap)));
}

/** A quarter of the line. If a call's only argument is at most this long, Prettier prefers to break before the call. */
const shortArgument = 20;

function isUnbreakable(value: Code): boolean {
  if (value.kind === 'string' || value.kind === 'atom') return true;
  if (value.kind !== 'call' || value.callee.startsWith('new ')) return false;
  const [only] = value.arguments;
  if (only === undefined) return true;
  return value.arguments.length === 1 && isShortArgument(only);
}

function isShortArgument(argument: Code): boolean {
  switch (argument.kind) {
    case 'string':
      return stringLiteral(argument.text).length <= shortArgument;
    case 'atom':
      return isIdentifier(argument.text) && argument.text.length <= shortArgument;
    case 'call':
      return (
        argument.arguments.length === 0 &&
        isIdentifier(argument.callee) &&
        argument.callee.length + '()'.length <= shortArgument
      );
    default:
      return argument.kind === 'scalar';
  }
}

function docOf(code: Code): Doc {
  switch (code.kind) {
    case 'string':
      return stringLiteral(code.text);
    case 'scalar':
    case 'atom':
      return code.text;
    case 'template':
      return `${code.tag}\`${code.parts.map(templatePart).join('')}\``;
    case 'array':
      if (code.items.length === 0) return '[]';
      return list(
        '[',
        softline,
        code.items.map((item) => group(docOf(item))),
        ']',
        isTable(code.items),
      );
    case 'object': {
      if (code.entries.length === 0) return '{}';
      const entries = code.entries.map(([key, value]) =>
        isNamedAfter(key, value) ? key : assignment(propertyKey(key), ':', value, true),
      );
      return list('{', line, entries, '}', code.expanded);
    }
    case 'repeated':
      return code.doc;
    case 'call':
      return concat(code.callee, argumentsDoc(code.arguments));
  }
}

/** Whether the value of a property is the constant of the same name, as in `{ purpose }`. */
function isNamedAfter(key: string, value: Code): boolean {
  return value.kind === 'atom' && value.text === key;
}

/** Whether all items are arrays, or all are objects, with more than one element each. Prettier then puts each on a line of its own. */
function isTable(items: readonly Code[]): boolean {
  const rows = items.map((item) => (item.kind === 'repeated' ? item.code : item));
  const isRow = (item: Code) =>
    (item.kind === 'array' && item.items.length > 1) || (item.kind === 'object' && item.entries.length > 1);
  return rows.length > 1 && rows.every((item) => item.kind === rows[0]?.kind && isRow(item));
}

function templatePart(part: StringCode | AtomCode): string {
  return part.kind === 'string' ? templateText(part.text) : `\${${part.text}}`;
}

function list(open: string, edge: Doc, items: readonly Doc[], close: string, forced: boolean): Doc {
  const inside = indent(concat(edge, join(concat(',', line), items)));
  return group(concat(open, inside, ifBroken(','), edge, close), forced);
}

function argumentsDoc(args: readonly Code[]): Doc {
  const last = args.at(-1);
  if (last === undefined) return '()';
  const docs = args.map(docOf);
  const allBroken = list('(', softline, docs, ')', true);
  const head = docs.slice(0, -1).flatMap((doc) => [doc, ', ']);
  const lastDoc = docs.at(-1) ?? '';

  // A last argument that is an object or a list opens on the line of the call, unless the argument before it is of the same kind.
  const canHug =
    (last.kind === 'object' && last.entries.length > 0) || (last.kind === 'array' && last.items.length > 0);
  if (canHug && args.at(-2)?.kind !== last.kind) {
    if (head.some(breaks)) return allBroken;
    const hugging = concat('(', ...head, group(lastDoc, true), ')');
    if (breaks(lastDoc)) return alternatives(hugging, allBroken);
    return alternatives(concat('(', ...head, lastDoc, ')'), hugging, allBroken);
  }
  return list('(', softline, docs, ')', false);
}

import {
  concatAll,
  type Expression,
  type Literal,
  literal,
  type Part,
  type Pseudo,
  partsOf,
} from '@keywright/core/ir/expression';
import {
  Computed,
  expressionOf,
  type SourceValue,
  Unknown,
  valueOfExpression,
} from '@keywright/core/reading/source-value';

/** Returns a value that must be text, as an expression. `what` completes the message "… is not text". */
export function textOf(value: SourceValue | undefined, what: string): Expression | Unknown {
  if (value instanceof Unknown) return value;
  return expressionOf(value) ?? new Unknown(`${what} is not text`, 'correct it in the template');
}

export function knownToTheDeployment(subject: string): Unknown {
  return new Unknown(`${subject} is known only at deployment`, 'write the value into the template');
}

export function join(delimiter: Expression, values: readonly SourceValue[]): SourceValue {
  const parts: Expression[] = [];
  for (const value of values) {
    const part = textOf(value, 'a part of Fn::Join');
    if (part instanceof Unknown) return part;
    if (parts.length > 0) parts.push(delimiter);
    parts.push(part);
  }
  return valueOfExpression(concatAll(parts));
}

/** The characters that a value of the deployment can have. An ARN can contain any character. */
const alphabets: Readonly<Record<Pseudo['name'] | 'id', RegExp>> = {
  account: /^[0-9]*$/,
  region: /^[a-z0-9-]*$/,
  partition: /^[a-z-]*$/,
  dnsSuffix: /^[a-z.]*$/,
  id: /^[a-z0-9-]*$/,
};

/** Evaluates `Fn::Split`: splits known text at every delimiter. Unknown if the delimiter may occur in a value of the deployment. */
export function split(delimiter: string, text: Expression): readonly SourceValue[] | Unknown {
  const pieces: Expression[][] = [[]];
  for (const part of partsOf(text)) {
    if (part.kind !== 'literal') {
      if (canContain(part, delimiter)) {
        const subject = 'a text that Fn::Split splits';
        return part.kind === 'pseudo' ? dependsOnPlace(subject) : knownToTheDeployment(subject);
      }
      pieces.at(-1)?.push(part);
      continue;
    }
    const [first = '', ...others] = part.text.split(delimiter);
    pieces.at(-1)?.push(literal(first));
    for (const other of others) pieces.push([literal(other)]);
  }
  return pieces.map((piece) => valueOfExpression(concatAll(piece)));
}

function canContain(part: Exclude<Part, Literal>, delimiter: string): boolean {
  if (part.kind === 'pseudo') return alphabets[part.name].test(delimiter);
  return part.kind !== 'reference' || part.attribute !== 'id' || alphabets.id.test(delimiter);
}

/** Says that a value depends on the place of the deployment. `subject` starts the message, such as `the name of an export`. */
export function dependsOnPlace(subject: string): Unknown {
  return new Unknown(
    `${subject} depends on where the stack is deployed`,
    'say where the stack is, with `--account` and `--region`',
  );
}

/**
 * Evaluates `Fn::Sub`: replaces `${Name}` and `${LogicalId.Attribute}` by the result of `variable`, and `${!Text}` by `${Text}`. Source:
 * CloudFormation template reference, "Fn::Sub".
 */
export function substitute(text: string, variable: (name: string) => SourceValue): SourceValue {
  const parts: Expression[] = [];
  let start = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', start)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    parts.push(literal(text.slice(start, open)));
    start = close + 1;
    const name = text.slice(open + 2, close);
    if (name.startsWith('!')) {
      parts.push(literal(`\${${name.slice(1)}}`));
      continue;
    }
    const part = textOf(variable(name.trim()), `\${${name}}`);
    if (part instanceof Unknown) return part;
    parts.push(part);
  }
  parts.push(literal(text.slice(start)));
  return valueOfExpression(concatAll(parts));
}

/** Evaluates `Fn::ToJsonString`. The JSON has no spaces. */
export function jsonOf(value: SourceValue): Expression | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof Computed) {
    const parts = partsOf(value.expression);
    return concatAll([
      literal('"'),
      ...parts.map((part) => (part.kind === 'literal' ? literal(JSON.stringify(part.text).slice(1, -1)) : part)),
      literal('"'),
    ]);
  }
  if (typeof value !== 'object' || value === null) return literal(JSON.stringify(value));
  const isArray = Array.isArray(value);
  const parts: Expression[] = [literal(isArray ? '[' : '{')];
  for (const [name, inner] of Object.entries(value as Readonly<Record<string, SourceValue>>)) {
    const json = jsonOf(inner);
    if (json instanceof Unknown) return json;
    if (parts.length > 1) parts.push(literal(','));
    if (!isArray) parts.push(literal(`${JSON.stringify(name)}:`));
    parts.push(json);
  }
  return concatAll([...parts, literal(isArray ? ']' : '}')]);
}

/** Parses JSON text that contains references; returns any other value unchanged. */
export function parsedJson(value: SourceValue): SourceValue {
  if (!(value instanceof Computed) || value.expression.kind !== 'concat') return value;
  const { parts } = value.expression;
  const texts = parts.map((part) => (part.kind === 'literal' ? part.text : ''));
  let mark = 'reference';
  while (texts.some((text) => text.includes(mark))) mark += '-';
  const text = parts.map((part, index) => (part.kind === 'literal' ? part.text : `${mark}${index};`)).join('');
  const marks = new RegExp(`${mark}([0-9]+);`);
  const withReferences = (inner: unknown): SourceValue => {
    if (typeof inner === 'string') {
      // `split` puts the indexes of the parts at odd positions.
      const pieces = inner.split(marks);
      return valueOfExpression(
        concatAll(pieces.map((piece, at) => (at % 2 === 1 ? (parts[Number(piece)] ?? literal('')) : literal(piece)))),
      );
    }
    if (Array.isArray(inner)) return inner.map(withReferences);
    if (typeof inner !== 'object' || inner === null) return inner as SourceValue; // JSON has nothing else
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, withReferences(one)]));
  };
  try {
    return withReferences(JSON.parse(text));
  } catch {
    return new Unknown('it is JSON text that contains unreadable references', 'write it as a mapping');
  }
}

import { createJsonText, JsonProblem, type JsonText, type Range } from '@keywright/core/syntax/json-text';
import { moved } from './move.ts';
import { parseHcl, parseTemplate } from './parse.ts';
import { type HclAttribute, type HclBlock, type HclBody, type HclExpression, HclProblem } from './syntax.ts';

/** The number of labels of each type of top-level block. */
const labels: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  action: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  check: 1,
  locals: 0,
  terraform: 0,
  moved: 0,
  removed: 0,
  import: 0,
};

/** The names of blocks inside blocks; any other name is an argument. In JSON, only the provider's schema distinguishes the two. */
const inner = new Set([
  'assume_role',
  'assume_role_with_web_identity',
  'condition',
  'connection',
  'constraints',
  'content',
  'default_tags',
  'dynamic',
  'endpoints',
  'ignore_tags',
  'inline_policy',
  'lifecycle',
  'not_principals',
  'postcondition',
  'precondition',
  'principals',
  'provisioner',
  'statement',
  'timeouts',
  'validation',
]);

/**
 * Parses a file in Terraform's JSON syntax. A text is a template, except that types, providers and names under `lifecycle` are expressions.
 * Throws `HclProblem`. Source: Terraform, "JSON Configuration Syntax".
 */
export function parseJson(text: string): HclBody {
  const json = createJsonText({ path: '', text });
  try {
    const { start } = json.root();
    const whole = { start, end: text.length };
    if (json.kindOf(whole) !== 'object') throw new HclProblem('it is not an object', start);
    // A name can occur twice; both occurrences are read.
    const blocks = [...json.members(whole)].flatMap(({ key: type, value }): readonly HclBlock[] => {
      if (type === '//') return [];
      const count = labels[type];
      if (count === undefined) throw new HclProblem(`there is no block ${JSON.stringify(type)}`, value.start);
      return blocksIn(json, type, [], count, value);
    });
    return { attributes: new Map(), blocks };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new HclProblem(error.message, error.offset);
  }
}

/** Parses a file with values, `terraform.tfvars.json`. No text in it is a template. Throws `HclProblem`. */
export function parseJsonValues(text: string): HclBody {
  const json = createJsonText({ path: '', text });
  try {
    const { members, start } = json.root();
    if (json.kindOf({ start, end: text.length }) !== 'object') throw new HclProblem('it is not an object', start);
    return {
      attributes: new Map([...members].map(([name, range]) => [name, attributeOf(json, name, range, 'value')])),
      blocks: [],
    };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new HclProblem(error.message, error.offset);
  }
}

/** Returns a block for each object in a value. Each label is a level of objects. */
function blocksIn(
  json: JsonText,
  type: string,
  labels: readonly string[],
  count: number,
  range: Range,
): readonly HclBlock[] {
  if (json.kindOf(range) === 'array')
    return [...json.elements(range)].flatMap((each) => blocksIn(json, type, labels, count, each));
  if (json.kindOf(range) !== 'object') {
    if (json.value(range) === null) return [];
    throw new HclProblem(`${type} is not an object`, range.start);
  }
  if (labels.length < count)
    return [...json.members(range)].flatMap(({ key, value }) =>
      key === '//' ? [] : blocksIn(json, type, [...labels, key], count, value),
    );
  return [{ type, labels, body: bodyIn(json, type, range), start: range.start, headEnd: range.start + 1 }];
}

function bodyIn(json: JsonText, type: string, range: Range): HclBody {
  const attributes = new Map<string, HclAttribute>();
  const blocks: HclBlock[] = [];
  for (const { key, value } of json.members(range)) {
    if (key === '//') continue;
    if (attributes.has(key)) throw new HclProblem(`${key} is set twice`, value.start);
    if (inner.has(key) && !/^(locals|module)$/.test(type) && isObject(json, value))
      blocks.push(...blocksIn(json, key, [], key === 'dynamic' || key === 'provisioner' ? 1 : 0, value));
    else attributes.set(key, attributeOf(json, key, value, kindOf(type, key)));
  }
  return { attributes, blocks };
}

/** Whether a value can be blocks: an object, or a list of objects. */
function isObject(json: JsonText, range: Range): boolean {
  const kind = json.kindOf(range);
  return kind === 'array'
    ? [...json.elements(range)].every((each) => json.kindOf(each) === 'object')
    : kind === 'object';
}

/** How the texts in an argument are read: as templates, as plain text, or as expressions. */
type Kind = 'template' | 'value' | 'expression';

function kindOf(block: string, argument: string): Kind {
  if (block === 'variable') return argument === 'type' ? 'expression' : 'value';
  if (block === 'module' && argument === 'source') return 'value';
  if (/^(provider|depends_on)$/.test(argument)) return 'expression';
  if (block === 'module' && argument === 'providers') return 'expression';
  if (block === 'dynamic' && argument === 'iterator') return 'expression';
  if (block === 'lifecycle' && /^(ignore_changes|replace_triggered_by)$/.test(argument)) return 'expression';
  if (/^(moved|removed|import)$/.test(block) && /^(from|to)$/.test(argument)) return 'expression';
  return 'template';
}

function attributeOf(json: JsonText, name: string, range: Range, kind: Kind): HclAttribute {
  return { name, value: expressionIn(json, json.value(range), range.start, kind), start: range.start, end: range.end };
}

function expressionIn(json: JsonText, value: unknown, at: number, kind: Kind): HclExpression {
  const inside = (each: unknown) => expressionIn(json, each, at, kind);
  if (Array.isArray(value)) return { kind: 'list', items: value.map(inside), at };
  if (typeof value === 'object' && value !== null)
    return {
      kind: 'object',
      items: Object.entries(value).map(([key, each]) => [
        // In `providers`, the keys are names and the values are expressions.
        kind === 'expression' ? { kind: 'literal', value: key, at } : inside(key),
        inside(each),
      ]),
      at,
    };
  if (typeof value !== 'string') return { kind: 'literal', value: value as number | boolean | null, at }; // the rest of JSON
  if (kind === 'value') return { kind: 'literal', value, at };
  try {
    const parsed = kind === 'template' ? parseTemplate(value) : parseHcl(`x = ${value}`).attributes.get('x')?.value;
    if (parsed !== undefined) return moved(parsed, () => at);
  } catch (error) {
    if (!(error instanceof HclProblem)) throw error;
    throw new HclProblem(error.message, at);
  }
  throw new HclProblem('there is no expression here', at);
}

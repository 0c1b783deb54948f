import { Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { readTheState } from '../advice.ts';
import { policyDocument } from '../hcl/policy-document.ts';
import { type Scope, withoutFiles } from '../hcl/scope.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from '../hcl/syntax.ts';
import { holdsTrue } from '../source/marked.ts';
import type { PlannedDocument } from '../source/planned-data.ts';

/**
 * Returns the texts for the unknown values of an argument, in order; `undefined` if the plan does not determine them. `kind` says whether
 * the texts are documents or ARNs.
 */
export type TextsFor = (
  expression: unknown,
  kind: 'document' | 'arn',
  count: { readonly known: number; readonly unknown: number },
) => readonly string[] | Unknown | undefined;

/**
 * Returns the JSON of a policy document that Terraform reads only during apply, or says why it cannot be known. It is made from the values
 * in the plan and, for the unknown ones, from `textsFor`. `expressions` are those of the document in the configuration.
 */
export function plannedDocumentText(
  { address, values, unknown, sensitive }: PlannedDocument,
  expressions: unknown,
  textsFor: TextsFor,
): string | Unknown {
  const gap = (where: string) => new Unknown(`the plan does not have ${where} of ${address}`, readTheState);
  if (holdsTrue(sensitive)) return gap('the sensitive values');
  try {
    const body = bodyOf({ value: values, unknown, expression: expressions }, '', textsFor);
    const text = policyDocument(body, literals);
    return typeof text === 'string' ? text : text instanceof Unknown ? text : gap('the statements');
  } catch (error) {
    if (error instanceof Gap) return error.unknown ?? gap(error.message);
    throw error;
  }
}

/** Thrown for a value that the plan does not have. The message locates it, such as `actions in statement 2`. */
class Gap extends Error {
  readonly unknown: Unknown | undefined;

  constructor(where: string, unknown?: Unknown) {
    super(where);
    this.unknown = unknown;
  }
}

const literals: Scope = {
  get: () => undefined,
  location: () => '',
  mayGoOn: () => true,
  files: withoutFiles('a plan contains no files'),
};

const blockTypes = new Set(['statement', 'principals', 'not_principals', 'condition']);

/** A value of a plan, marks for its unknown parts, and its expression in the configuration. */
interface PlannedValue {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly expression: unknown;
}

/** Returns the value of a document or block as a body of literals. `where` locates it in messages, such as ` in statement 2`. */
function bodyOf({ value, unknown, expression }: PlannedValue, where: string, textsFor: TextsFor): HclBody {
  const attributes = new Map<string, HclAttribute>();
  const blocks: HclBlock[] = [];
  const mapping = isMapping(value) ? value : {};
  const marks = isMapping(unknown) ? unknown : {};
  const written = isMapping(expression) ? expression : {};
  for (const name of new Set([...Object.keys(mapping), ...Object.keys(marks)])) {
    if (/^(id|json|minified_json)$/.test(name)) continue;
    if (!blockTypes.has(name)) {
      const argument = { value: mapping[name], unknown: marks[name], expression: written[name] };
      const plain = filled(argument, name, where, textsFor);
      if (plain != null) attributes.set(name, { name, value: expressionOf(plain), start: 0, end: 0 });
      continue;
    }
    if (marks[name] === true) throw new Gap(`${name}${where}`);
    const all: readonly unknown[] = Array.isArray(mapping[name]) ? mapping[name] : [];
    const marksOfAll: readonly unknown[] = Array.isArray(marks[name]) ? marks[name] : [];
    all.forEach((each, at) => {
      if (marksOfAll[at] === true) throw new Gap(`${name} ${at + 1}${where}`);
      const inner = name === 'statement' ? ` in statement ${at + 1}` : where;
      const block = {
        value: each,
        unknown: marksOfAll[at],
        expression: expressionsOfBlock(name, written[name], all, at),
      };
      const body = bodyOf(block, inner, textsFor);
      blocks.push({ type: name, labels: [], body, start: 0, headEnd: 0 });
    });
  }
  return { attributes, blocks };
}

/**
 * Returns the configuration of a block: the block at the same position or, where positions can differ, the only block with the same
 * constant `sid` or `type`. Positions can differ for principals, which are a set, and for blocks that `dynamic` generates, which the
 * configuration does not list.
 */
function expressionsOfBlock(name: string, written: unknown, all: readonly unknown[], at: number): unknown {
  const blocks: readonly unknown[] = Array.isArray(written) ? written : [];
  if (blocks.length === all.length && (name === 'statement' || all.length === 1)) return blocks[at];
  const identity = name === 'statement' ? 'sid' : 'type';
  const identityOf = (block: unknown) => (isMapping(block) ? block[identity] : undefined);
  const identifier = identityOf(all[at]);
  if (typeof identifier !== 'string' || all.filter((each) => identityOf(each) === identifier).length > 1)
    return undefined;
  const matching = blocks.filter((each) => {
    const expression = identityOf(each);
    return isMapping(expression) && expression.constant_value === identifier;
  });
  return matching.length === 1 ? matching[0] : undefined;
}

function filled(
  { value, unknown, expression }: PlannedValue,
  name: string,
  where: string,
  textsFor: TextsFor,
): unknown {
  if (!holdsTrue(unknown)) return value;
  const kind = kindOf(name);
  const marks: readonly unknown[] = Array.isArray(unknown) ? unknown : [unknown];
  const isElement = marks.every((mark) => mark === true || mark === false);
  const isWholeList = unknown === true && !/^(source|override)_json$/.test(name);
  const count = marks.filter((mark) => mark === true).length;
  const counted = { known: marks.length - count, unknown: count };
  const texts = kind && isElement && !isWholeList ? textsFor(expression, kind, counted) : undefined;
  if (texts instanceof Unknown || texts?.length !== count)
    throw new Gap(`${name}${where}`, texts instanceof Unknown ? texts : undefined);
  const left = [...texts];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const complete = marks.map((mark, at) => (mark === true ? left.shift() : all[at]));
  return Array.isArray(unknown) ? complete : complete[0];
}

/**
 * Says whether the values of an argument are documents or ARNs; `undefined` for conditions, whose values often contain more than the
 * reference.
 */
function kindOf(argument: string): 'document' | 'arn' | undefined {
  if (/^(source|override)_(json|policy_documents)$/.test(argument)) return 'document';
  return /^(identifiers|(not_)?resources)$/.test(argument) ? 'arn' : undefined;
}

function expressionOf(plain: unknown): HclExpression {
  return Array.isArray(plain)
    ? { kind: 'list', items: plain.map(expressionOf), at: 0 }
    : { kind: 'literal', value: plain as string | number | boolean | null, at: 0 }; // documents have no maps
}

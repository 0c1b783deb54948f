import { report } from '../diagnostics/diagnostic.ts';
import { namesItsKey, statementOfNoKey, unknownValue, unreadablePolicy } from '../diagnostics/reading.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { accountRoot } from '../ir/account-root.ts';
import { concat, type Expression, literal, literalText } from '../ir/expression.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { Span } from '../source/span.ts';
import { Computed, expressionOf, type SourceValue, Unknown } from './source-value.ts';

export interface PolicySource {
  /** The document as AWS writes it; text is JSON. */
  readonly document: SourceValue;
  /** The resource's name in messages: `aws_kms_key.orders`. */
  readonly resource: string;
  readonly span: Span;
  /** A statement's own span, if known. */
  readonly spanOf?: (statement: SourceValue) => Span | undefined;
  /** The partition of the source. An account id is read as the ARN of its root in this partition. */
  readonly partition: Expression;
  /** For a key policy: whether a resource is the ARN of the key itself, if the source knows that. */
  readonly isOwnArn?: (resource: Expression) => boolean;
}

/** Thrown to stop reading a document; carries the problem, or the unknown value. */
class Unreadable extends Error {
  readonly unknown: Unknown | undefined;

  constructor(problem: string, unknown?: Unknown) {
    super(problem);
    this.unknown = unknown;
  }
}

/**
 * Reads a whole key policy, identity policy or trust policy; returns `undefined` with an error (KW8000, KW8001) if a part of it cannot be
 * read. A key policy's statement without a resource, which has no effect, is left out (KW8002). Spellings that KMS treats alike become one:
 * a list of one element and the element, `"*"` and `{ "AWS": "*" }`, an account id and its root's ARN, an empty Sid and no Sid, a number or
 * boolean in a condition and its text. The ARN of the key itself becomes `*` (KW8003). Sources: IAM User Guide, "Grammar of the IAM JSON
 * policy language"; AWS KMS API reference, PutKeyPolicy, Policy.
 */
export function readPolicy(
  kind: 'key' | 'identity' | 'trust',
  source: PolicySource,
): Result<PolicyDocument | undefined> {
  const collector = createCollector();
  try {
    const { document, ineffective, named } = documentOf(kind, source);
    collector.add(
      ...ineffective.map(({ source: { span } }) => report(statementOfNoKey, span, { resource: source.resource })),
    );
    const [first] = named;
    if (first !== undefined) collector.add(report(namesItsKey, first.source.span, { resource: source.resource }));
    return collector.result(document);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { resource, span } = source;
    collector.add(
      error.unknown === undefined
        ? report(unreadablePolicy, span, { resource, problem: error.message })
        : report(unknownValue, span, { resource, property: 'the policy', ...error.unknown }),
    );
    return collector.result(undefined);
  }
}

type Fields = Readonly<Record<string, SourceValue>>;

function documentOf(
  kind: 'key' | 'identity' | 'trust',
  source: PolicySource,
): {
  readonly document: PolicyDocument;
  readonly ineffective: readonly Statement[];
  /** The statements that had ARNs of keys beside `*`, or in place of it. */
  readonly named: readonly Statement[];
} {
  const { document } = source;
  const fields = fieldsOf(typeof document === 'string' ? parsed(document) : document, 'it', documentFields);
  const version = fields.Version === undefined ? '2008-10-17' : textOf(fields.Version, 'Version');
  if (version !== '2012-10-17' && version !== '2008-10-17') throw new Unreadable(`there is no version ${version}`);
  if (fields.Statement === undefined) throw new Unreadable('it has no Statement');
  const id = fields.Id === undefined || fields.Id === '' ? undefined : expression(fields.Id, 'Id');
  const all = listOf(fields.Statement).map((statement) =>
    statementOf(kind, statement, version === '2008-10-17', source),
  );
  const isIneffective = ({ resources, notResources }: Statement) =>
    kind === 'key' && resources === undefined && notResources === undefined;
  const statements = all.filter((statement) => !isIneffective(statement));
  const { isOwnArn = () => false } = source;
  const named = statements.filter((one) => kind === 'key' && namesKeys(one, isOwnArn));
  return {
    document: {
      ...(id !== undefined && { id }),
      statements: statements.map((one) => (named.includes(one) ? withStar(one, isOwnArn) : one)),
    },
    ineffective: all.filter(isIneffective),
    named,
  };
}

/** Whether a statement about this key has ARNs of keys of the source as resources. */
function namesKeys({ resources = [] }: Statement, isOwnArn: (resource: Expression) => boolean): boolean {
  const isAboutThis = resources.some((one) => isOwnArn(one) || literalText(one) === '*');
  return isAboutThis && resources.some((one) => isOwnArn(one) || one.kind === 'reference');
}

/** Replaces the ARNs of keys in a key policy's statement by `*`, since the statement cannot be about another key. */
function withStar(statement: Statement, isOwnArn: (resource: Expression) => boolean): Statement {
  const others = (statement.resources ?? []).filter(
    (one) => !isOwnArn(one) && one.kind !== 'reference' && literalText(one) !== '*',
  );
  return { ...statement, resources: [literal('*'), ...others] };
}

function parsed(text: string): SourceValue {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('it is not JSON');
  }
}

const documentFields = ['Version', 'Id', 'Statement'];
const statementFields = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function fieldsOf(value: SourceValue, what: string, names: readonly string[] | undefined): Fields {
  if (value instanceof Unknown) throw new Unreadable(what, value);
  if (typeof value !== 'object' || value === null || value instanceof Computed || Array.isArray(value))
    throw new Unreadable(`${what} is not a mapping`);
  const fields = value as Fields; // neither a list nor an instance of a class
  const other = names && Object.keys(fields).find((name) => !names.includes(name));
  if (other !== undefined) throw new Unreadable(`${what} has an unknown element ${JSON.stringify(other)}`);
  return fields;
}

function statementOf(
  kind: 'key' | 'identity' | 'trust',
  value: SourceValue,
  hasNoVariables: boolean,
  source: PolicySource,
): Statement {
  const fields = fieldsOf(value, 'a statement', statementFields);
  const effect = textOf(fields.Effect, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw new Unreadable(`Effect is ${JSON.stringify(effect)}`);
  if ((fields.Action === undefined) === (fields.NotAction === undefined))
    throw new Unreadable('a statement has either Action or NotAction');
  const who = [fields.Principal, fields.NotPrincipal].filter((principal) => principal !== undefined).length;
  if (who !== (kind === 'identity' ? 0 : 1))
    throw new Unreadable(
      kind === 'identity'
        ? 'an identity policy names no principal'
        : 'a statement has either Principal or NotPrincipal',
    );
  const sid = fields.Sid === undefined ? '' : textOf(fields.Sid, 'Sid');
  const texts = (name: string) => listOf(fields[name] as SourceValue).map((one) => textOf(one, name));
  const patterns = (name: string) =>
    listOf(fields[name] as SourceValue).map((one) => withVariables(expression(one, name), hasNoVariables));
  return {
    ...(sid !== '' && { sid }),
    effect,
    ...(fields.Principal !== undefined && { principals: principalsOf(fields.Principal, source) }),
    ...(fields.NotPrincipal !== undefined && { notPrincipals: principalsOf(fields.NotPrincipal, source) }),
    ...(fields.Action !== undefined && { actions: texts('Action') }),
    ...(fields.NotAction !== undefined && { notActions: texts('NotAction') }),
    ...(fields.Resource !== undefined && { resources: patterns('Resource') }),
    ...(fields.NotResource !== undefined && { notResources: patterns('NotResource') }),
    conditions: fields.Condition === undefined ? [] : conditionsOf(fields.Condition, hasNoVariables),
    source: { span: source.spanOf?.(value) ?? source.span },
  };
}

function principalsOf(value: SourceValue, { partition }: PolicySource): readonly PolicyPrincipal[] {
  if (value === '*') return [{ kind: 'anyone' }];
  const fields = fieldsOf(value, 'Principal', ['AWS', 'Service', 'Federated']);
  if (Object.values(fields).flat().length === 0) throw new Unreadable('a Principal names nobody');
  return Object.entries(fields).flatMap(([name, values]) =>
    listOf(values).map((one): PolicyPrincipal => {
      if (one === '*' && name === 'AWS') return { kind: 'anyone' };
      const who = expression(one, 'Principal');
      if (name === 'Service') return { kind: 'service', host: who };
      if (name === 'Federated') return { kind: 'federated', provider: who };
      return { kind: 'aws', arn: isAccountId(who) ? accountRoot({ partition, account: who }) : who };
    }),
  );
}

function isAccountId(who: Expression): boolean {
  return who.kind === 'pseudo' ? who.name === 'account' : who.kind === 'literal' && /^[0-9]{12}$/.test(who.text);
}

function conditionsOf(value: SourceValue, hasNoVariables: boolean): readonly Condition[] {
  return Object.entries(fieldsOf(value, 'Condition', undefined)).flatMap(([operator, tests]) =>
    Object.entries(fieldsOf(tests, operator, undefined)).map(([key, values]) => ({
      operator,
      key,
      values: listOf(values).map((one) => withVariables(expression(one, key), hasNoVariables)),
    })),
  );
}

/**
 * Version 2008-10-17 treats a policy variable as text. In version 2012-10-17, which Keywright writes, `${$}` is a dollar sign. Source: IAM
 * User Guide, "IAM policy elements: Variables and tags".
 */
function withVariables(expression: Expression, hasNoVariables: boolean): Expression {
  if (!hasNoVariables) return expression;
  const escaped = (text: string) => literal(text.replaceAll('${', '${$}{'));
  if (expression.kind === 'literal') return escaped(expression.text);
  if (expression.kind !== 'concat') return expression;
  return concat(...expression.parts.map((part) => (part.kind === 'literal' ? escaped(part.text) : part)));
}

function listOf(value: SourceValue): readonly SourceValue[] {
  return Array.isArray(value) ? value : [value];
}

function expression(value: SourceValue, what: string): Expression {
  if (value instanceof Unknown) throw new Unreadable(what, value);
  const read = expressionOf(value);
  if (read === undefined) throw new Unreadable(`${what} has a value that is not text`);
  return read;
}

function textOf(value: SourceValue | undefined, what: string): string {
  if (value instanceof Unknown) throw new Unreadable(what, value);
  if (value instanceof Computed) throw new Unreadable(`${what} depends on where it is deployed`);
  if (typeof value !== 'string') throw new Unreadable(`${what} is not text`);
  return value;
}

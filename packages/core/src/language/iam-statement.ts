/**
 * Translates policies in the form of IAM, CloudFormation, Terraform and the CDK into statements and grants of the
 * language. Each function returns `undefined` for what it cannot translate.
 */
import { isMapping, type Mapping } from '../syntax/is-mapping.ts';
import { among, normal, oneOrList, principals, text } from './other-values.ts';
import { templateText } from './template-text.ts';

/** The property of our language for each word of a statement. The words are in the singular and in lower case. */
const properties: Readonly<Record<string, string>> = {
  sid: 'sid',
  effect: 'effect',
  principal: 'principals',
  notprincipal: 'notPrincipals',
  action: 'actions',
  notaction: 'notActions',
  resource: 'resources',
  notresource: 'notResources',
  condition: 'conditions',
};

/** The property of our language for a word of a statement, in upper or lower case, singular or plural. */
function statementProperty(word: string): string | undefined {
  const name = normal(word);
  const singular = name.replace(/s$/, '');
  return Object.hasOwn(properties, singular) ? properties[singular] : undefined;
}

/**
 * Whether a mapping is a statement of another tool: at least two of its YAML keys outside `known` are words of a statement, or it has
 * Terraform's blocks for principals or conditions. `known`: the keys that the mapping may have.
 */
export function isForeignStatement(value: unknown, known: readonly string[]): value is Mapping {
  if (!isMapping(value)) return false;
  const foreign = Object.keys(value).filter((key) => !known.includes(key) && statementProperty(key) !== undefined);
  return (
    foreign.length > 1 ||
    Object.entries(value).some(([key, inner]) => statementProperty(key) !== undefined && hasBlocks(inner))
  );
}

function hasBlocks(value: unknown): boolean {
  return [value].flat().some((block) => isMapping(block) && ('identifiers' in block || 'variable' in block));
}

/** Whether a statement is about KMS actions only, unlike a role's trust policy. */
export function isAboutKms({ statement }: TurnedStatement): boolean {
  const actions = [statement.actions ?? statement.notActions ?? []].flat();
  return actions.every((action) => action === '*' || (typeof action === 'string' && /^kms:/i.test(action)));
}

/** A statement translated into the language, without defaults; `open` lists the statement's properties that could not be translated. */
export interface TurnedStatement {
  readonly statement: Mapping;
  readonly open: readonly string[];
}

export function statementFrom(value: Mapping): TurnedStatement {
  const turned = new Map<string, unknown>();
  const open: string[] = [];
  for (const [key, written] of Object.entries(value)) {
    const ours = statementProperty(key);
    const content = ours === undefined ? undefined : turn(ours, plain(written));
    if (ours === undefined || content === undefined) open.push(key);
    else if (!isDefault(ours, content)) turned.set(ours, content);
  }
  const order = Object.values(properties).filter((property) => turned.has(property));
  const statement = Object.fromEntries(order.map((property) => [property, turned.get(property)]));
  return { statement, open };
}

const effect = among(['Allow', 'Deny']);

function isDefault(property: string, value: unknown): boolean {
  return (property === 'effect' && value === 'Allow') || (property === 'resources' && value === '*') || value === '';
}

function turn(property: string, value: unknown): unknown {
  switch (property) {
    case 'sid':
      return typeof value === 'string' ? value : undefined;
    case 'effect':
      return effect(value);
    case 'principals':
    case 'notPrincipals':
      return principalsFrom(value);
    case 'conditions':
      return conditionsFrom(value);
    case 'actions':
    case 'notActions':
    case 'resources':
    case 'notResources':
      return oneOrList(text)(value);
    default:
      return undefined;
  }
}

/** Translates `{ AWS: … }`, and Terraform's list of `{ type, identifiers }`. */
function principalsFrom(value: unknown): unknown {
  const blocks = [value].flat();
  if (!blocks.every((block) => isMapping(block) && 'identifiers' in block)) return principals(asTexts(value));
  const all = blocks.flatMap((block) => [(block as Mapping).identifiers].flat());
  return principals({ AWS: asTexts(all) });
}

/** Turns numbers into text: account ids without quotes are numbers. */
function asTexts(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
}

/** Translates `{ StringEquals: { … } }`, and Terraform's list of `{ test, variable, values }`. */
function conditionsFrom(value: unknown): unknown {
  const blocks = [value].flat();
  if (!blocks.every((block) => isMapping(block) && 'test' in block && 'variable' in block)) return value;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks as readonly Mapping[]) {
    const texts = oneOrList(text)(values);
    if (typeof test !== 'string' || typeof variable !== 'string' || texts === undefined) return undefined;
    conditions[test] = { ...conditions[test], [variable]: texts };
  }
  return conditions;
}

/** The grant that means the same as a statement, if there is one. */
export function grantFrom({ statement, open }: TurnedStatement): Mapping | undefined {
  const { sid: _, principals: to, actions: can, conditions: when, ...rest } = statement;
  const isWhole = to !== undefined && can !== undefined && open.length === 0 && Object.keys(rest).length === 0;
  return isWhole ? { to, can, ...(when !== undefined && { when }) } : undefined;
}

/** The translated statements of a policy document, given as a mapping, as text or as a list of statements. */
export function statementsFrom(value: unknown): readonly unknown[] | undefined {
  const document = parsed(value);
  const written = isMapping(document) && 'Statement' in document ? document.Statement : document;
  const statements = [written].flat();
  const turned = statements.map((one) => (isForeignStatement(one, []) ? statementFrom(one) : undefined));
  return turned.length > 0 && turned.every((one) => one?.open.length === 0)
    ? turned.map((one) => one?.statement)
    : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/**
 * A value with our placeholders in place of a template's, and with `$${` in place of the `${` of IAM's variables. A value that only the
 * template knows becomes `undefined`.
 */
function plain(value: unknown): unknown {
  const reference = templateText(value);
  if (reference !== undefined) return reference.unknown.length === 0 ? reference.value : undefined;
  if (typeof value === 'string') return placeholdersIn(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Replaces `${AWS::Region}` and the like in a text that was written without `!Sub` or has lost it, and escapes any other `${`. */
function placeholdersIn(value: string): string {
  const replaced = value.replaceAll(/\$\{AWS::[A-Za-z]+\}/g, (reference) => {
    const { value: text = '', unknown = [reference] } = templateText({ 'Fn::Sub': reference }) ?? {};
    return unknown.length === 0 ? text : reference;
  });
  return replaced.replaceAll(/(?<!\$)\$\{(?!(?:account|region|partition|dnsSuffix)\})/g, '$$$${');
}

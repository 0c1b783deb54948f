import { type SourceValue, Unknown, valueOfExpression } from '@keywright/core/reading/source-value';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { compared, conditionOf, decide } from './conditions.ts';
import { type Evaluated, mend, noValue, type Scope } from './scope.ts';
import { dependsOnPlace, join, jsonOf, knownToTheDeployment, split, substitute, textOf } from './text.ts';

interface Call {
  readonly name: string;
  /** The mapping whose only key is the function. */
  readonly mapping: Mapping;
  readonly argument: unknown;
  /** The argument if it is a list, otherwise an empty list. */
  readonly list: readonly unknown[];
  readonly scope: Scope;
}

/** The supported functions, by name. Source: CloudFormation template reference, "Intrinsic function reference". */
const functions: ReadonlyMap<string, (call: Call) => Evaluated> = new Map(
  Object.entries({
    Ref: ref,
    'Fn::And': condition,
    'Fn::Base64': base64,
    'Fn::Equals': condition,
    'Fn::FindInMap': findInMap,
    'Fn::ForEach': loopIdentifier,
    'Fn::GetAtt': getAtt,
    'Fn::GetStackOutput': getStackOutput,
    'Fn::If': choose,
    'Fn::ImportValue': importValue,
    'Fn::Join': joinList,
    'Fn::Length': length,
    'Fn::Not': condition,
    'Fn::Or': condition,
    'Fn::Select': select,
    'Fn::Split': splitText,
    'Fn::Sub': sub,
    'Fn::ToJsonString': toJsonString,
  }),
);

/** Evaluates a function, which is the only key of its mapping. */
export function call(name: string, mapping: Mapping, scope: Scope): Evaluated {
  const evaluate = functions.get(name);
  if (evaluate === undefined)
    return new Unknown(`${name} is evaluated only by AWS`, 'write its value, or read the processed template');
  const argument = mapping[name];
  return evaluate({ name, mapping, argument, list: Array.isArray(argument) ? argument : [], scope });
}

/** A text with the identifier of a loop outside `Fn::Sub`, which the expansion of the loop does not replace. */
function loopIdentifier(): Unknown {
  return new Unknown(
    'it names the identifier of a loop outside of Fn::Sub',
    'put it into `Fn::Sub`, or read the processed template',
  );
}

function notWrittenAs(form: string, { name }: Call): Unknown {
  return new Unknown(`${name} is not written as ${form}`, mend);
}

function ref(call: Call): Evaluated {
  const { name, mapping, argument, scope } = call;
  if (argument === 'AWS::NoValue') return noValue;
  if (typeof argument === 'string') return scope.meanings.ref(argument);
  // With `AWS::LanguageExtensions`, the argument of `Ref` can be a function.
  const referent = scope.at(mapping, name);
  if (referent instanceof Unknown) return referent;
  if (referent === 'AWS::NoValue') return noValue;
  return typeof referent === 'string' ? scope.meanings.ref(referent) : notWrittenAs('`!Ref Name`', call);
}

function getAtt(call: Call): SourceValue {
  const { argument, list, scope } = call;
  const form = '`!GetAtt LogicalId.Attribute`';
  if (typeof argument === 'string')
    return argument.includes('.') ? attributeAt(argument, scope) : notWrittenAs(form, call);
  if (list.length !== 2) return notWrittenAs(form, call);
  const attribute = scope.at(list, 1);
  if (attribute instanceof Unknown) return attribute;
  const logicalId = scope.at(list, 0);
  if (logicalId instanceof Unknown) return logicalId;
  return typeof logicalId === 'string' && typeof attribute === 'string'
    ? scope.meanings.attribute(logicalId, attribute)
    : notWrittenAs(form, call);
}

/** Evaluates `Fn::GetAtt` for a path `LogicalId.Attribute`. */
function attributeAt(path: string, { meanings }: Scope): SourceValue {
  const dot = path.indexOf('.');
  return meanings.attribute(path.slice(0, dot), path.slice(dot + 1));
}

function sub(call: Call): SourceValue {
  const { argument, scope } = call;
  const wrong = notWrittenAs('`!Sub text` or `!Sub [text, variables]`', call);
  const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument, {}];
  if (typeof text !== 'string' || !isMapping(variables)) return wrong;
  return substitute(text, (name) => {
    if (Object.hasOwn(variables, name)) return scope.at(variables, name) ?? wrong;
    return name.includes('.') ? attributeAt(name, scope) : scope.meanings.ref(name);
  });
}

function joinList(call: Call): SourceValue {
  const { list, scope } = call;
  const form = '`[delimiter, list]`';
  if (list.length !== 2) return notWrittenAs(form, call);
  const delimiter = textOf(scope.at(list, 0), 'the delimiter');
  const values = scope.at(list, 1);
  if (delimiter instanceof Unknown) return delimiter;
  if (values instanceof Unknown) return values;
  return Array.isArray(values) ? join(delimiter, values) : notWrittenAs(form, call);
}

function splitText(call: Call): SourceValue {
  const { list, scope } = call;
  const form = '`[delimiter, text]`';
  if (list.length !== 2) return notWrittenAs(form, call);
  const delimiter = scope.at(list, 0);
  const text = textOf(scope.at(list, 1), 'the text of Fn::Split');
  if (text instanceof Unknown) return text;
  return typeof delimiter === 'string' && delimiter !== '' ? split(delimiter, text) : notWrittenAs(form, call);
}

function select(call: Call): SourceValue {
  const { list, scope } = call;
  const form = '`[index, list]`';
  if (list.length !== 2) return notWrittenAs(form, call);
  const index = scope.at(list, 0);
  const values = scope.at(list, 1);
  if (index instanceof Unknown) return index;
  if (values instanceof Unknown) return values;
  if (!Array.isArray(values)) return notWrittenAs(form, call);
  return (values as readonly SourceValue[])[Number(index)] ?? new Unknown(`a list has no element ${index}`, mend);
}

/** If the condition of `Fn::If` is unknown but both values are equal, the result is that value. */
function choose(call: Call): Evaluated {
  const { list, scope } = call;
  const [name] = list;
  if (list.length !== 3 || typeof name !== 'string') return notWrittenAs('`[condition, value, value]`', call);
  const holds = conditionOf(name, scope);
  if (!(holds instanceof Unknown)) return scope.evaluateAt(list, holds ? 1 : 2);
  const one = scope.evaluateAt(list, 1);
  const other = scope.evaluateAt(list, 2);
  const isSame = one === other || (one !== noValue && other !== noValue && compared(one, other) === true);
  return isSame ? one : holds;
}

function condition({ mapping, scope }: Call): boolean | Unknown {
  return decide(mapping, scope);
}

function findInMap(call: Call): Evaluated {
  const { list, scope } = call;
  if (list.length < 3 || list.length > 4) return notWrittenAs('`[map, key, key]`', call);
  const keys = [0, 1, 2].map((index) => textOf(scope.at(list, index), 'a key of Fn::FindInMap'));
  let container: unknown = scope.template.mappings;
  for (const [index, key] of keys.entries()) {
    if (key instanceof Unknown) return key;
    if (key.kind !== 'literal') return dependsOnPlace('a key of Fn::FindInMap');
    if (!isMapping(container) || !Object.hasOwn(container, key.text)) break;
    if (index === keys.length - 1) return scope.evaluateAt(container, key.text);
    container = container[key.text];
  }
  const [, , , options] = list;
  if (isMapping(options) && Object.hasOwn(options, 'DefaultValue')) return scope.evaluateAt(options, 'DefaultValue');
  const path = keys.map((key) => (key instanceof Unknown || key.kind !== 'literal' ? '' : key.text)).join('.');
  return new Unknown(`the mappings have no ${path}`, mend);
}

function importValue({ name, mapping, scope }: Call): SourceValue {
  const exportName = textOf(scope.at(mapping, name), 'the name of an export');
  if (exportName instanceof Unknown) return exportName;
  return exportName.kind === 'literal'
    ? scope.meanings.exported(exportName.text)
    : dependsOnPlace('the name of an export');
}

function getStackOutput(call: Call): SourceValue {
  const { argument, scope } = call;
  const wrong = notWrittenAs(
    '`{ StackName, OutputName }`, with `Region` and the ARN of a role as `RoleArn` if they differ',
    call,
  );
  if (!isMapping(argument)) return wrong;
  const texts = new Map<string, string>();
  for (const name of ['StackName', 'OutputName', 'Region', 'RoleArn']) {
    const value = scope.at(argument, name);
    if (value === undefined) continue;
    const text = textOf(value, `${name} of Fn::GetStackOutput`);
    if (text instanceof Unknown) return text;
    if (text.kind !== 'literal') return dependsOnPlace(`${name} of Fn::GetStackOutput`);
    texts.set(name, text.text);
  }
  const [stackName, output, region, role] = ['StackName', 'OutputName', 'Region', 'RoleArn'].map((name) =>
    texts.get(name),
  );
  const account = role === undefined ? undefined : /^arn:[^:]+:iam::(\d{12}):/.exec(role)?.[1];
  if (stackName === undefined || output === undefined || (role !== undefined && account === undefined)) return wrong;
  return scope.meanings.outputOf({ stackName, output, account, region });
}

function base64({ name, mapping, scope }: Call): SourceValue {
  const text = textOf(scope.at(mapping, name), 'what Fn::Base64 takes');
  if (text instanceof Unknown) return text;
  if (text.kind === 'literal') return Buffer.from(text.text).toString('base64');
  return knownToTheDeployment('what Fn::Base64 takes');
}

function length(call: Call): SourceValue {
  const { name, mapping, scope } = call;
  const values = scope.at(mapping, name);
  if (values instanceof Unknown) return values;
  return Array.isArray(values) ? values.length : notWrittenAs('a function of a list', call);
}

function toJsonString({ name, mapping, scope }: Call): SourceValue {
  const json = jsonOf(scope.at(mapping, name) ?? null);
  return json instanceof Unknown ? json : valueOfExpression(json);
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { concatAll, type Expression, literal, type PlaceExpressions } from '@keywright/core/ir/expression';
import { Computed, type SourceValue, Unknown, valueOfExpression } from '@keywright/core/reading/source-value';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';
import type { Surroundings } from './configuration.ts';
import type { Place } from './place.ts';

export interface PolicyFile {
  readonly document: SourceValue;
  /** Why the file is not JSON; empty if it is JSON. */
  readonly diagnostics: readonly Diagnostic[];
  readonly span: Span;
  readonly spanOf: (statement: SourceValue) => Span | undefined;
}

/**
 * Reads a policy file for one place. Replaces the accelerator's variables, and evaluates the CloudFormation functions, which the CDK passes
 * on. Source: awslabs/landing-zone-accelerator-on-aws, policy-replacements.ts and accelerator-stack.ts, generatePolicyReplacements.
 */
export function readPolicyFile(
  file: SourceFile,
  values: PlaceExpressions,
  place: Place,
  surroundings: Surroundings,
): PolicyFile {
  const whole = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const parsed = parseSource({ ...file, text: withLookups(file.text, surroundings) });
  const spans = new Map<SourceValue, Span | undefined>();
  const variables = variablesOf(values, place, surroundings);
  const valueIn = (json: unknown): SourceValue => {
    if (typeof json === 'string') return textValue(json, variables);
    if (typeof json === 'number' || typeof json === 'boolean') return json;
    if (Array.isArray(json)) return json.map(valueIn);
    if (!isMapping(json)) return null;
    const value =
      functionValue(json, values, valueIn) ??
      Object.fromEntries(Object.entries(json).map(([name, inner]) => [name, valueIn(inner)]));
    spans.set(value, parsed.locations.spanOf(json));
    return value;
  };
  return {
    document: valueIn(parsed.value),
    diagnostics: parsed.diagnostics,
    span: whole,
    spanOf: (statement) => spans.get(statement),
  };
}

type Variables = ReadonlyMap<string, Expression | Unknown>;

/** Returns the accelerator's variables. A variable that only the accelerator's installation defines is unknown. */
function variablesOf(values: PlaceExpressions, { account }: Place, surroundings: Surroundings): Variables {
  const { homeRegion, accessRole } = surroundings;
  const textOrUnknown = (name: string, text: string | undefined) =>
    text === undefined ? unknownVariable(name) : literal(text);
  const idOf = (name: string) => surroundings.accounts?.find((one) => one.name === name)?.id;
  const entries: readonly (readonly [string, Expression | Unknown])[] = [
    ['ACCOUNT_ID', values.account],
    ['REGION', values.region],
    ['PARTITION', values.partition],
    ...(
      [
        ['ACCOUNT_NAME', account?.name],
        ['HOME_REGION', homeRegion],
        ['MANAGEMENT_ACCOUNT_ACCESS_ROLE', accessRole],
        ['MANAGEMENT_ACCOUNT_ID', idOf('Management')],
        ['LOGARCHIVE_ACCOUNT_ID', idOf('LogArchive')],
        ['AUDIT_ACCOUNT_ID', idOf('Audit')],
        ['ORG_ID', undefined],
        ['ACCELERATOR_NAME', undefined],
        ['ACCELERATOR_PREFIX', undefined],
        ['ACCELERATOR_PREFIX_ND', undefined],
        ['ACCELERATOR_PREFIX_LND', undefined],
        ['ACCELERATOR_SSM_PREFIX', undefined],
        ['ACCELERATOR_DEFAULT_PREFIX_SHORTHAND', undefined],
        ['ACCELERATOR_CENTRAL_LOGS_BUCKET_NAME', undefined],
      ] as const
    ).map(([name, text]) => [name, textOrUnknown(name, text)] as const),
  ];
  return new Map(entries);
}

function unknownVariable(name: string): Unknown {
  return new Unknown(
    `\`\${${name}}\` is not in the configuration`,
    'write its value into the policy file before you import it',
  );
}

/** Replaces the accelerator's variables. Other variables, such as `${aws:username}`, are IAM's and stay. */
function textValue(text: string, variables: Variables): SourceValue {
  const parts: Expression[] = [];
  for (const part of text.split(/(\$\{[\w:-]+\})/)) {
    const name = /^\$\{(.+)\}$/.exec(part)?.[1] ?? '';
    const variable = name.startsWith('ACCEL_LOOKUP::') ? unknownVariable(name) : variables.get(name);
    if (variable instanceof Unknown) return variable;
    parts.push(variable ?? literal(part));
  }
  return valueOfExpression(concatAll(parts));
}

/** Inserts lists of account ids, and replacements, without quotes, so the file is JSON only afterwards. */
function withLookups(text: string, { accounts = [], replacements }: Surroundings): string {
  return text.replaceAll(/\$\{ACCEL_LOOKUP::([\w:-]+)\}/g, (whole, lookup: string) => {
    const [type, scope, name] = lookup.split(':');
    if (type === 'CUSTOM') {
      const value = replacements.get(scope ?? '');
      if (value === undefined) return whole;
      return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
    }
    if (type !== 'ACCOUNT_ID') return whole;
    const selected = accounts.filter(
      (account) =>
        scope === 'ORG' || (scope === 'ACCOUNT' && account.name === name) || (scope === 'OU' && account.unit === name),
    );
    const ids = selected.map(({ id }) => id);
    if (ids.length === 0 || ids.includes(undefined)) return JSON.stringify(whole);
    return ids.map((id) => JSON.stringify(id)).join(',');
  });
}

const pseudoParameters: Readonly<Record<string, keyof PlaceExpressions>> = {
  'AWS::AccountId': 'account',
  'AWS::Region': 'region',
  'AWS::Partition': 'partition',
  'AWS::URLSuffix': 'dnsSuffix',
};

/** Evaluates `Ref`, `Fn::Sub` and `Fn::Join`; `undefined` for any other mapping. */
function functionValue(
  json: Readonly<Record<string, unknown>>,
  values: PlaceExpressions,
  valueIn: (json: unknown) => SourceValue,
): SourceValue | undefined {
  const [name = '', ...others] = Object.keys(json);
  if (others.length > 0 || (name !== 'Ref' && !name.startsWith('Fn::'))) return undefined;
  const unknown = new Unknown(
    `\`${name}\` in a policy file can only refer to the account, region, partition and URL suffix`,
    'write the value into the policy file',
  );
  const argument = json[name];
  const pseudo = (parameter: string): Expression | undefined => {
    const value = Object.hasOwn(pseudoParameters, parameter) ? pseudoParameters[parameter] : undefined;
    return value && values[value];
  };
  if (name === 'Ref' && typeof argument === 'string') {
    const expression = pseudo(argument);
    return expression === undefined ? unknown : valueOfExpression(expression);
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    const parts = argument.split(/(\$\{[^}]*\})/).map((part): Expression | undefined => {
      const variable = /^\$\{(.*)\}$/s.exec(part)?.[1];
      if (variable === undefined) return literal(part);
      return variable.startsWith('!') ? literal(`\${${variable.slice(1)}}`) : pseudo(variable.trim());
    });
    const expressions = parts.filter((part) => part !== undefined);
    return expressions.length === parts.length ? valueOfExpression(concatAll(expressions)) : unknown;
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    const [separator, list] = argument;
    if (typeof separator !== 'string') return unknown;
    const parts = list.map(valueIn).map((value): Expression | undefined => {
      if (value instanceof Computed) return value.expression;
      return typeof value === 'string' ? literal(value) : undefined;
    });
    const expressions = parts.filter((part) => part !== undefined);
    if (expressions.length < parts.length) return unknown;
    return valueOfExpression(
      concatAll(expressions.flatMap((part, index) => (index === 0 ? [part] : [literal(separator), part]))),
    );
  }
  return unknown;
}

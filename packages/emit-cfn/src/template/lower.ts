import { resourceIn } from '@keywright/core/emit/references';
import { type Computed, printerOf, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import { type CrossStack, expressionKey, type Reference } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { exportName, logicalIdOf, logicalName } from '../names.ts';
import { throughPrimary } from './elsewhere.ts';
import { type MapValue, map, type Ref, type Sub, type SubVariable, type Value, type Variable } from './value.ts';

/** What expressions of one template refer to. */
export interface Scope {
  readonly stack: Stack;
  /** The ids of the resources that are in this template. */
  readonly local: ReadonlySet<string>;
  /** The names of parameters that stand for values from outside of this template, by `expressionKey`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** A value as this template has it. */
  print(value: RowValue): Value;
  /** The properties of something in the template. */
  properties(rows: Rows): MapValue;
}

/** The scope of a template with these resources and parameters. */
export function scopeOf(stack: Stack, own: readonly Resource[], parameters: Scope['parameters']): Scope {
  const scope: Scope = {
    stack,
    local: new Set(own.map(({ id }) => id)),
    parameters,
    print: printerOf<Value>({
      text: (text) => text,
      scalar: (value) => value,
      code: (text) => text,
      expression: (expression) => lower(expression, scope),
      list: (items) => items,
      object: map,
      statement: (object) => object,
      policy: (object) => object,
    }),
    properties: (rows) => map(written(rows).map(([name, value]) => [name, scope.print(value)])),
  };
  return scope;
}

type Part = string | Variable;

/** What an expression is in a template: text, one intrinsic, `Fn::Sub` if it can say all of it, else `Fn::Join`. */
export function lower(expression: Computed, scope: Scope): Value {
  const parts = joinText(partsOf(expression, scope));
  if (parts.length > 1 && canSubstitute(parts)) return { kind: 'sub', parts };
  const apart = parts.flatMap((part): readonly Part[] =>
    typeof part === 'string' ? withoutPlaceholders(part, scope) : [part],
  );
  return apart.length > 1 ? { kind: 'join', parts: apart } : (apart[0] ?? '');
}

function partsOf(expression: Computed, scope: Scope): readonly Part[] {
  switch (expression.kind) {
    case 'literal':
      return [expression.text];
    case 'concat':
      return expression.parts.flatMap((part) => partsOf(part, scope));
    case 'pseudo':
      return [pseudoParameters[expression.name]];
    case 'parameter':
      return [{ kind: 'ref', name: logicalName(expression.name) }];
    case 'crossStack': {
      const { stack, export: exportId } = expression;
      const name = exportName(scope.stack.app, stack, exportId);
      return parameterFor(expression, scope) ?? [{ kind: 'importValue', exportName: name }];
    }
    case 'reference':
      if (scope.local.has(expression.resource)) return attributeOf(expression, scope);
      return parameterFor(expression, scope) ?? partsOf(throughPrimary(expression, scope.stack), scope);
  }
}

function parameterFor(expression: CrossStack | Reference, scope: Scope): readonly Part[] | undefined {
  const name = scope.parameters.get(expressionKey(expression));
  return name === undefined ? undefined : [{ kind: 'ref', name }];
}

const pseudoParameters = {
  account: { kind: 'ref', name: 'AWS::AccountId' },
  region: { kind: 'ref', name: 'AWS::Region' },
  partition: { kind: 'ref', name: 'AWS::Partition' },
  dnsSuffix: { kind: 'ref', name: 'AWS::URLSuffix' },
} as const satisfies Record<string, Ref>;

/**
 * Source: CloudFormation template reference, "Return values" of each type. `Ref` gives the id of a key, the name of an
 * alias, role, user or group; an alias has no attribute for its ARN.
 */
function attributeOf(reference: Reference, scope: Scope): readonly Part[] {
  const resource = resourceIn(scope.stack, reference.resource);
  const logicalId = logicalIdOf(resource);
  const ref: Ref = { kind: 'ref', name: logicalId };
  if (reference.attribute !== 'arn') return [ref];
  if (resource.kind !== 'alias') return [{ kind: 'getAtt', logicalId, attribute: 'Arn' }];
  const { partition, region, account } = pseudoParameters;
  return ['arn:', partition, ':kms:', region, ':', account, ':', ref];
}

function joinText(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/**
 * Whether `Fn::Sub` can say it: no imported value, and no text that the escape `${!…}` is not documented for, such as a
 * `${` that nothing closes.
 */
function canSubstitute(parts: readonly Part[]): parts is Sub['parts'] {
  return parts.every((part): part is string | SubVariable =>
    typeof part === 'string' ? hasOnlyPlainPlaceholders(part) : part.kind !== 'importValue',
  );
}

function hasOnlyPlainPlaceholders(text: string): boolean {
  const rest = text.replaceAll(/\$\{[A-Za-z][A-Za-z0-9:._/-]*\}/g, '');
  return !rest.includes('${') && !rest.endsWith('$');
}

/**
 * Text in pieces, none of which looks like a placeholder of `Fn::Sub` for something of this template. `${OrdersKey}` that is
 * meant as text looks like an `Fn::Sub` that was forgotten, to a reader and to cfn-lint (E1029).
 */
function withoutPlaceholders(text: string, scope: Scope): readonly string[] {
  if (!text.includes('${')) return [text];
  const names = new Set(scope.parameters.values());
  for (const id of scope.local) names.add(logicalIdOf(resourceIn(scope.stack, id)));
  const pieces: string[] = [];
  let start = 0;
  for (const { index, 1: name = '' } of text.matchAll(/\$\{([A-Za-z0-9_:.]+)\}/g)) {
    if (!name.startsWith('AWS::') && !names.has(name.split('.')[0] ?? '')) continue;
    pieces.push(text.slice(start, index + 1));
    start = index + 1;
  }
  return [...pieces, text.slice(start)];
}

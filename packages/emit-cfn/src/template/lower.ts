import { createParameters, type Parameters } from '@keywright/core/emit/parameters';
import { resourceIn } from '@keywright/core/emit/references';
import { type Computed, printerOf, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { type CrossStack, expressionKey, type Literal, literal, type Reference } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { stackNameText } from '@keywright/core/ir/stack-name';
import { exportNameText } from '@keywright/core/stacks/export-name';
import { logicalIdOf, logicalName } from '../names.ts';
import { throughPrimary } from './elsewhere.ts';
import { type MapValue, map, type Ref, type Sub, type SubVariable, type Value, type Variable } from './value.ts';

export interface Scope {
  readonly stack: Stack;
  readonly local: ReadonlySet<string>;
  /** Parameters for values from outside this template, by `expressionKey`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly differences: Parameters;
  nameOf(difference: string): string;
  /** The name that a value is exported and imported by, in each deployment. */
  exportName(part: CrossStack): Value;
  print(value: RowValue): Value;
  /** Returns the properties of an element of the template. `words` name the element, and `of` returns its properties in one deployment. */
  properties(words: readonly string[], of: (stack: Stack) => Rows): MapValue;
}

export function scopeOf(
  stack: Stack,
  program: StackProgram,
  resources: readonly Resource[],
  parameters: Scope['parameters'],
): Scope {
  const differences = createParameters(program);
  // Computed only on demand: a template is planned for each deployment of a program, but mostly just for its names.
  let taken: Set<string> | undefined;
  const names = new Map<string, string>();
  const scope: Scope = {
    stack,
    local: new Set(resources.map(({ id }) => id)),
    parameters,
    differences,
    nameOf(difference) {
      const earlier = names.get(difference);
      if (earlier !== undefined) return earlier;
      taken ??= new Set([...resources.map(logicalIdOf), ...parameters.values()]);
      const wanted = logicalName(difference);
      const preferred = taken.has(wanted) ? `${wanted}Value` : wanted;
      let name = preferred;
      for (let number = 2; taken.has(name); number += 1) name = `${preferred}${number}`;
      taken.add(name);
      names.set(difference, name);
      return name;
    },
    exportName: (part) => scope.print(differences.value(['export name'], (each) => exportNameOf(part, stack, each))),
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
    properties: (words, of) =>
      map(written(differences.rows(words, of)).map(([name, value]) => [name, scope.print(value)])),
  };
  return scope;
}

/**
 * Returns the export that `deployment` imports where `stack`, the first deployment, imports `part`. Both have the same imports in the same
 * order.
 */
function exportNameOf(part: CrossStack, stack: Stack, deployment: Stack): Literal {
  const index = stack.imports.findIndex((used) => used.stack === part.stack && used.export === part.export);
  const used = deployment.imports[index];
  const producer = used === undefined ? literal(part.stack) : stackNameText({ ...used, name: used.stack });
  return exportNameText(deployment.app, producer, part.export);
}

type Part = string | Variable;

/** Converts an expression into a text, a single intrinsic function, `Fn::Sub` if that can express everything, or otherwise `Fn::Join`. */
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
      return [{ kind: 'ref', name: scope.nameOf(expression.name) }];
    case 'crossStack': {
      return parameterFor(expression, scope) ?? [{ kind: 'importValue', exportName: scope.exportName(expression) }];
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
 * Source: CloudFormation template reference, "Return values" of each type. `Ref` gives a key's id, and the name of an
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
 * Whether `Fn::Sub` can express these parts. It cannot if a part is an imported value, or a text such as an unclosed `${`, for which the
 * escape `${!…}` is not documented.
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
 * Splits text so that no piece looks like a placeholder of `Fn::Sub`: readers and cfn-lint (E1029) would take a literal `${OrdersKey}` for
 * a forgotten `Fn::Sub`.
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

import { describeExport, describeOutput } from '@keywright/core/emit/output-description';
import { resourceIn } from '@keywright/core/emit/references';
import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { type CrossStack, type Expression, expressionKey, type Reference } from '@keywright/core/ir/expression';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import type { Resource, Stack, StackImport } from '@keywright/core/ir/program';
import { logicalIdOf, logicalName } from '../names.ts';
import { throughPrimary } from './elsewhere.ts';

/** A value that a replica template cannot compute. */
export type Foreign = Reference | CrossStack;

/** Values in the order of their first use. The key of an entry is the value's `expressionKey`. */
export type ForeignValues = ReadonlyMap<string, Foreign>;

/**
 * Returns the values from outside a replica template that its resources refer to. `mainIds` are the resources in the stack's own region.
 */
export function foreignValues(
  resources: readonly Resource[],
  mainIds: ReadonlySet<string>,
  stack: Stack,
): ForeignValues {
  const local = new Set(resources.map(({ id }) => id));
  const foreign = new Map<string, Foreign>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'concat') expression.parts.forEach(visit);
    else if (expression.kind === 'crossStack') foreign.set(expressionKey(expression), expression);
    else if (expression.kind === 'reference' && !local.has(expression.resource)) {
      if (mainIds.has(expression.resource)) foreign.set(expressionKey(expression), expression);
      else visit(throughPrimary(expression, stack));
    }
  };
  resources.flatMap(expressionsOf).forEach(visit);
  return foreign;
}

/**
 * Whether a replica template of a stack gets a value from a CloudFormation export of another stack. It gets all other values from the
 * outputs of the stack's own main template.
 */
export function isExported(foreign: Foreign, stack: Stack): foreign is CrossStack {
  return (
    foreign.kind === 'crossStack' &&
    stack.imports.some(
      (used) => used.stack === foreign.stack && used.export === foreign.export && used.nativeTargets.includes('cfn'),
    )
  );
}

/**
 * Returns the name that a program's templates use for the stack that a value comes from. If the templates are for several deployments, this
 * is the name of its definition.
 */
export function producerName({ stack, definition }: StackImport, program: StackProgram): string {
  return hasParameters(program) ? (definition ?? stack) : stack;
}

function producerOf(value: CrossStack, stack: Stack, program: StackProgram): string {
  const used = stack.imports.find((one) => one.stack === value.stack && one.export === value.export);
  return used === undefined ? value.stack : producerName(used, program);
}

/**
 * Returns a function from the `expressionKey` of a value to the text that is hashed for the name of its parameter or output. In a template
 * for several deployments, a value of another stack is identified by its position among the imports, which is the same in every deployment.
 */
export function hashedIn(stack: Stack, program: StackProgram): (key: string) => string {
  if (!hasParameters(program)) return (key) => key;
  const keys = stack.imports.map((used) =>
    expressionKey({ kind: 'crossStack', stack: used.stack, export: used.export }),
  );
  return (key) => (keys.includes(key) ? `import ${keys.indexOf(key)}` : key);
}

/** Returns the preferred name of an output or parameter for a value, such as `OrdersKeyArn`. */
export function nameOfForeign(foreign: Foreign, stack: Stack, program: StackProgram): string {
  return foreign.kind === 'reference'
    ? logicalName(logicalIdOf(resourceIn(stack, foreign.resource)), foreign.attribute)
    : logicalName(producerOf(foreign, stack, program), foreign.export);
}

/** Describes a value, such as `ARN of the key orders`; also names the stack if that is another one. */
export function describeForeign(foreign: Foreign, stack: Stack, program: StackProgram): string {
  return foreign.kind === 'reference'
    ? describeOutput({ name: foreign.resource, value: foreign }, stack)
    : `${describeExport(foreign.export)} in stack ${producerOf(foreign, stack, program)}`;
}

import { awsAttribute } from '@keywright/core/emit/aws-provider';
import { parameterImport, resourceIn } from '@keywright/core/emit/references';
import { printerOf, type RowValue } from '@keywright/core/emit/rows';
import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { exportOutputName, localAddress, parameterName, remoteStateName } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { printExpression, type Traversal } from './expression.ts';
import type { PrintScope } from './scope.ts';
import { quote } from './text.ts';
import { print, type Value } from './value.ts';

/**
 * Returns the printer for values in a stack's root module; with a `scope`, in the module that the stack shares with other deployments. The
 * printer returns lines that `layOut` indents.
 */
export function createPrinter(
  stack: Stack,
  options: TerraformOptions,
  scope?: PrintScope,
): (value: RowValue) => string {
  const traversal = traversalIn(stack, options, scope);
  const toHcl = printerOf<Value>({
    text: quote,
    scalar: String,
    code: (text) => text,
    expression: (expression) => printExpression(expression, traversal),
    list: (items) => items,
    object: (entries, isExpanded) => ({ entries, isExpanded }),
    statement: print,
    policy: (object) => `jsonencode(${print(object)})`,
  });
  return (value) => print(toHcl(value));
}

function traversalIn(stack: Stack, options: TerraformOptions, scope: PrintScope | undefined): Traversal {
  return (part) => {
    switch (part.kind) {
      case 'reference': {
        const resource = resourceIn(stack, part.resource);
        return `${localAddress(resource, stack)}.${awsAttribute(resource, part.attribute)}`;
      }
      case 'crossStack':
        return scope === undefined ? crossStackTraversal(part, stack) : `var.${scope.ofShared(part)}`;
      case 'pseudo':
        scope?.use(part.name);
        return pseudoTraversal(part.name, options);
      case 'parameter':
        if (scope === undefined) throw new Error(`${part.name} is not a parameter of ${stack.name}`);
        return `var.${scope.ofParameter(part.name)}`;
    }
  };
}

function crossStackTraversal(part: CrossStack, stack: Stack): string {
  if (parameterImport(part, stack, 'terraform') !== undefined) {
    // Uses `insecure_value`, because `value` is marked as sensitive, which would hide whole policies in plans. An ARN is not secret.
    return `data.aws_ssm_parameter.${parameterName(part.stack, part.export)}.insecure_value`;
  }
  return `data.terraform_remote_state.${remoteStateName(part.stack)}.outputs.${exportOutputName(part.export)}`;
}

function pseudoTraversal(name: Pseudo['name'], options: TerraformOptions): string {
  switch (name) {
    case 'account':
      return 'data.aws_caller_identity.current.account_id';
    case 'region':
      return `data.aws_region.current.${options.provider === 5 ? 'name' : 'region'}`;
    case 'partition':
      return 'data.aws_partition.current.partition';
    case 'dnsSuffix':
      return 'data.aws_partition.current.dns_suffix';
  }
}

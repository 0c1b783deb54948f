import { resolveValues } from '@keywright/analyze/build/resolve-values';
import { partsOf, showUnknown } from '@keywright/analyze/value/value';
import type { Expression } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';

/** Prints the texts of a program exactly as AWS has them, with the real ids of its keys and roles filled in. */
export interface DeployedTexts {
  text(expression: Expression, stack: Stack): string;
  /** Returns the key of an alias or grant, if the program has it. */
  keyOf(expression: Expression, stack: Stack): { readonly stack: Stack; readonly resource: Resource } | undefined;
}

/**
 * @param called returns AWS's name for a resource, given `stack/id`; `undefined` if the name is unknown. The text then contains the
 * resource in angle brackets, so that it equals no text in AWS.
 */
export function deployedTexts(program: Program, called: (id: string) => string | undefined): DeployedTexts {
  const values = resolveValues(program);
  return {
    text: (expression, stack) =>
      partsOf(values.resolve(expression, stack))
        .map((part) => (typeof part === 'string' ? part : (called(part.of) ?? showUnknown(part))))
        .join(''),
    keyOf: (expression, stack) => values.resourceOf(expression, stack),
  };
}

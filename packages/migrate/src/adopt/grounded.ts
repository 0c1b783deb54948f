import { resolveValues } from '@keywright/analyze/build/resolve-values';
import { partsOf, showUnknown } from '@keywright/analyze/value/value';
import type { Expression } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';

/** The texts of a program of which is known what AWS calls its keys and roles: what stands in AWS, character by character. */
export interface Grounded {
  text(expression: Expression, stack: Stack): string;
  /** The key that an alias or a grant is for, where it is one of the program. */
  keyOf(expression: Expression, stack: Stack): { readonly stack: Stack; readonly resource: Resource } | undefined;
}

/**
 * @param called what AWS calls a resource, by `stack/id`; undefined where that is not known. The text then has the resource in angle
 *   brackets, which is equal to no text of AWS.
 */
export function ground(program: Program, called: (id: string) => string | undefined): Grounded {
  const values = resolveValues(program);
  return {
    text: (expression, stack) =>
      partsOf(values.resolve(expression, stack))
        .map((part) => (typeof part === 'string' ? part : (called(part.of) ?? showUnknown(part))))
        .join(''),
    keyOf: (expression, stack) => values.resourceOf(expression, stack),
  };
}

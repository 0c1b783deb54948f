import type { Literal } from '../ir/expression.ts';
import { generatedName } from '../ir/given-name.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { nameTextOf } from '../resolve/stack-environments.ts';

/** The IAM name of a principal that other stacks need before it exists: the name in the YAML, or `<app>-<stack>-<name>`. */
export function iamName({ givenName, name, stack }: CreatedModel): Literal {
  return givenName ?? generatedName(stack.app, nameTextOf(stack), name);
}

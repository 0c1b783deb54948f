import { boundedName } from '../ir/bounded-name.ts';
import type { CreatedModel } from '../resolve/model.ts';

/** The IAM name of a principal that other stacks need before it exists: the user's, or `<app>-<stack>-<name>`. */
export function iamName({ body, name, stack }: CreatedModel): string {
  return body.value.name ?? boundedName(`${stack.app}-${stack.name}-${name}`, 64);
}

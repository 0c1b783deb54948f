import { boundedName } from '../ir/bounded-name.ts';
import type { CreatedModel } from '../resolve/model.ts';

/** The IAM name that the user gave a principal. */
export function givenIamName(created: CreatedModel): string | undefined {
  const { value } = created.definition;
  if ('role' in value) return value.role.name;
  if ('user' in value) return value.user.name;
  return value.group.name;
}

/** The IAM name of a principal that has to be known before it exists: the user's, or `<app>-<stack>-<name>`. */
export function iamName(created: CreatedModel): string {
  return givenIamName(created) ?? boundedName(`${created.stack.app}-${created.stack.name}-${created.name}`, 64);
}

import { boundedName } from '../ir/bounded-name.ts';
import type { CreatedModel } from '../resolve/model.ts';

/** The IAM names that the user gave a principal and the inline policy on it. */
export function givenNames({ definition: { value } }: CreatedModel): {
  readonly name?: string | undefined;
  readonly policyName?: string | undefined;
} {
  if ('role' in value) return value.role;
  return 'user' in value ? value.user : value.group;
}

/** The IAM name of a principal that others have to know before it exists: the user's, or `<app>-<stack>-<name>`. */
export function iamName(created: CreatedModel): string {
  const { name, stack } = created;
  return givenNames(created).name ?? boundedName(`${stack.app}-${stack.name}-${name}`, 64);
}

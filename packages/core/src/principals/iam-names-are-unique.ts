import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { iamNameTwice } from '../diagnostics/principals.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { iamName } from './iam-name.ts';

/**
 * A role's name is unique among the roles of an account, and so with users and groups: a name that the user gives, and the one
 * made of app, stack and name where another stack has to know it (`x` and `y-z` read like `x-y` and `z`). Stacks without an
 * account are compared with themselves only: they may be deployed anywhere.
 */
export function iamNamesAreUnique(all: readonly CreatedModel[]): readonly Diagnostic[] {
  const owners = new Map<string, CreatedModel>();
  return all.flatMap((created): readonly Diagnostic[] => {
    const { kind, definition, stack } = created;
    const name = iamName(created);
    const { account } = stack.environment;
    const identity = `${account ?? `stack ${stack.name}`} ${kind} ${name.toLowerCase()}`;
    const owner = owners.get(identity);
    if (owner === undefined) {
      owners.set(identity, created);
      return [];
    }
    const place = account === undefined ? `stack \`${stack.name}\`` : `account ${account}`;
    const related = [{ message: 'it is claimed here first', span: owner.definition.nameSpan }];
    return [report(iamNameTwice, definition.nameSpan, { kind, name, place }, related)];
  });
}

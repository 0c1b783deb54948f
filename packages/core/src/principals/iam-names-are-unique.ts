import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { iamNameTwice } from '../diagnostics/principals.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { iamName } from './iam-name.ts';

/**
 * A role's name is unique among the roles of an account, and so with users and groups: a name that the user gives, and the one
 * made of app, stack and name where another stack has to know it (`x` and `y-z` read like `x-y` and `z`). A stack without an
 * account may be deployed to that of any other stack. Of such stacks only the names that Keywright makes for users and groups
 * are compared, which Terraform has to be given: nobody has to know the names of their roles, and to give two principals one
 * name is a decision to keep the stacks apart.
 */
export function iamNamesAreUnique(all: readonly CreatedModel[]): readonly Diagnostic[] {
  const claims = new Map<string, CreatedModel[]>();
  return all.flatMap((created): readonly Diagnostic[] => {
    const { kind, definition } = created;
    const name = iamName(created);
    const identity = `${kind} ${name.toLowerCase()}`;
    const others = claims.get(identity) ?? [];
    claims.set(identity, others);
    const owner = others.find((other) => mayMeet(other, created));
    others.push(created);
    if (owner === undefined) return [];
    const place = placeOfBoth(owner, created);
    const related = [{ message: 'it is claimed here first', span: owner.definition.nameSpan }];
    return inStack(created.stack, [report(iamNameTwice, definition.nameSpan, { kind, name, place }, related)]);
  });
}

/** Whether two principals of one name are, or may well be, in one account. */
function mayMeet(one: CreatedModel, other: CreatedModel): boolean {
  const { account } = one.stack.environment;
  const { account: otherAccount } = other.stack.environment;
  if (account !== undefined && otherAccount !== undefined) return account === otherAccount;
  return one.stack === other.stack || (one.kind !== 'role' && isMade(one) && isMade(other));
}

function isMade(created: CreatedModel): boolean {
  return created.body.value.name === undefined;
}

function placeOfBoth(one: CreatedModel, other: CreatedModel): string {
  const account = other.stack.environment.account ?? one.stack.environment.account;
  if (one.stack === other.stack && account === undefined) return `stack \`${one.stack.name}\``;
  const isSure = one.stack.environment.account === other.stack.environment.account;
  return isSure && account !== undefined
    ? `account ${account}`
    : `an account that has both stacks, \`${one.stack.name}\` and \`${other.stack.name}\``;
}

import { isOneLine, type NameClaim, reportClaim } from '../diagnostics/claimed-twice.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { iamNameTwice } from '../diagnostics/principals.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { iamName } from './iam-name.ts';

/**
 * A role's name is unique among the roles of an account; the same is true of users and groups. Compares the names in the YAML, and the
 * names made from app, stack and name for other stacks (stack `x` and name `y-z` read like `x-y` and `z`). A stack without an account can
 * be deployed to the account of any other stack. For such a stack, the check compares only the names that Keywright generates for users and
 * groups, which Terraform needs; it needs none for roles. If the YAML has one name twice, the stacks are assumed to be in different
 * accounts.
 */
export function iamNamesAreUnique(all: readonly CreatedModel[]): readonly Diagnostic[] {
  const claims = new Map<string, CreatedModel[]>();
  return all.flatMap((created): readonly Diagnostic[] => {
    const { kind } = created;
    const name = iamName(created).text;
    const identity = `${kind} ${name.toLowerCase()}`;
    const others = claims.get(identity) ?? [];
    claims.set(identity, others);
    const owner = others.find((other) => mayMeet(other, created));
    others.push(created);
    if (owner === undefined) return [];
    const place = placeOfBoth(owner, created);
    const [claim, first] = [claimOf(created), claimOf(owner)];
    return [reportClaim(iamNameTwice, claim, first, { kind, name, place, isOneLine: isOneLine(claim, first) })];
  });
}

function claimOf({ stack, definition }: CreatedModel): NameClaim {
  return { stack, span: definition.nameSpan };
}

/** Whether two principals with the same name are, or could be, in the same account. */
function mayMeet(one: CreatedModel, other: CreatedModel): boolean {
  const { account } = one.stack.environment;
  const { account: otherAccount } = other.stack.environment;
  if (account !== undefined && otherAccount !== undefined) return account === otherAccount;
  return one.stack === other.stack || (one.kind !== 'role' && isMade(one) && isMade(other));
}

function isMade(created: CreatedModel): boolean {
  return created.givenName === undefined;
}

function placeOfBoth(one: CreatedModel, other: CreatedModel): string {
  const account = other.stack.environment.account ?? one.stack.environment.account;
  if (one.stack === other.stack && account === undefined) return `stack \`${one.stack.name}\``;
  const isSure = one.stack.environment.account === other.stack.environment.account;
  return isSure && account !== undefined
    ? `account ${account}`
    : `an account that has both stacks, \`${one.stack.name}\` and \`${other.stack.name}\``;
}

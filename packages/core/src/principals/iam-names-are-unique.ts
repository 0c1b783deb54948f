import { isOneLine, type NameClaim, reportClaim } from '../diagnostics/claimed-twice.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { iamNameTwice } from '../diagnostics/principals.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { iamName } from './iam-name.ts';

/**
 * Reports two roles, two users or two groups of one account with the same name. Compares the names in the YAML, and the names that
 * Keywright makes from app, stack and name: stack `x` with `y-z` gives the same name as stack `x-y` with `z`. A stack without an account may
 * be deployed to the account of any other stack. For such a stack, only the generated names of users and groups are compared, since
 * Terraform generates the names of roles itself. If the YAML gives a name in such a stack, it is assumed to be in another account.
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

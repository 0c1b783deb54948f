import type { Statement } from '../ir/policy.ts';
import type { CreatedGrantee, ExistingGrantee, StackModel } from '../resolve/model.ts';

/** Someone to whom a policy can be attached. */
export type Holder = CreatedGrantee | ExistingGrantee;

/** The statements that one stack attaches to one role, user or group. */
export interface AttachedStatements {
  readonly holder: Holder;
  readonly statements: readonly Statement[];
}

/** Collects identity policies while grants are placed: one for each stack and each role, user or group. */
export interface IdentityPolicies {
  add(stack: StackModel, holder: Holder, statement: Statement): void;
  /** In the order in which each was first given something. */
  of(stack: StackModel): readonly AttachedStatements[];
}

export function createIdentityPolicies(): IdentityPolicies {
  const byStack = new Map<StackModel, Map<string, { holder: Holder; statements: Statement[] }>>();
  return {
    add(stack, holder, statement) {
      const ofStack = byStack.get(stack) ?? new Map<string, { holder: Holder; statements: Statement[] }>();
      byStack.set(stack, ofStack);
      const identity = identityOf(holder);
      const attached = ofStack.get(identity);
      if (attached === undefined) ofStack.set(identity, { holder, statements: [statement] });
      else attached.statements.push(statement);
    },
    of: (stack) => [...(byStack.get(stack)?.values() ?? [])],
  };
}

/** The same text for whatever is one role, user or group: a role may be named in two ways. */
function identityOf(holder: Holder): string {
  return holder.kind === 'created'
    ? `${holder.created.stack.name}/${holder.created.id}`
    : JSON.stringify([holder.entity, holder.arn]);
}

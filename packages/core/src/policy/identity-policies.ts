import type { PolicyDocument, Provenance, Statement } from '../ir/policy.ts';
import type { IdentityPolicyDefinition } from '../language/identity-policy.ts';
import type { Named } from '../project/located.ts';
import type { CreatedGrantee, ExistingGrantee, StackModel } from '../resolve/model.ts';
import type { Tidy } from './tidy.ts';

/** A role, user or group, to which a policy can be attached. */
export type Holder = CreatedGrantee | ExistingGrantee;

/** What one stack attaches to one role, user or group. */
export interface IdentityPolicyDocument {
  readonly holder: Holder;
  readonly document: PolicyDocument;
  /** The origin of the policy, or of its first statement. */
  readonly source: Provenance;
  /** The entry of `identityPolicies` that writes it; absent if grants make it. */
  readonly definition?: Named<IdentityPolicyDefinition>;
}

/** Collects identity policies while grants are placed: one for each stack and each role, user or group. */
export interface IdentityPolicies {
  add(stack: StackModel, holder: Holder, statement: Statement): void;
  /** In the order in which each first received a statement. */
  of(stack: StackModel, tidy: Tidy): readonly IdentityPolicyDocument[];
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
    of: (stack, tidy) =>
      [...(byStack.get(stack)?.values() ?? [])].map(({ holder, statements }) => ({
        holder,
        document: tidy(statements),
        source: statements[0]?.source ?? { span: holder.span },
      })),
  };
}

/** Equal for every way of naming one role, user or group. */
function identityOf(holder: Holder): string {
  return holder.kind === 'created'
    ? `${holder.created.stack.name}/${holder.created.id}`
    : JSON.stringify([holder.entity, holder.arn]);
}

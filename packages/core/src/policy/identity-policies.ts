import { report } from '../diagnostics/diagnostic.ts';
import { twoPolicyNames } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { PolicyDocument, Provenance, Statement } from '../ir/policy.ts';
import type { IdentityPolicyDefinition } from '../language/identity-policy.ts';
import type { Named } from '../project/located.ts';
import type { CreatedGrantee, ExistingGrantee, StackModel } from '../resolve/model.ts';
import type { Tidy } from './tidy.ts';

/** A role, user or group that can have policies. */
export type Holder = CreatedGrantee | ExistingGrantee;

/** A policy that a stack attaches to a role, user or group. */
export interface IdentityPolicyDocument {
  readonly holder: Holder;
  readonly document: PolicyDocument;
  /** Where the policy, or its first statement, comes from. */
  readonly source: Provenance;
  /** The entry of `identityPolicies` that the policy comes from; absent if it is made from grants. */
  readonly definition?: Named<IdentityPolicyDefinition>;
}

/** Collects identity policies while grants are decided: one for each stack and each role, user or group. */
export interface IdentityPolicies {
  add(stack: StackModel, holder: Holder, statement: Statement): void;
  /**
   * The policies of a stack, in the order in which each first received a statement. KW3077 reports a role or user for whose policy the
   * stack gives two names.
   */
  of(stack: StackModel, tidy: Tidy): Result<readonly IdentityPolicyDocument[]>;
}

/**
 * The statements that the grants of a stack add to the policy of one role, user or group. `holders`: the grantee of a grant, by the name
 * that the grant gives the policy.
 */
interface Attached {
  readonly holders: Map<string | undefined, Holder>;
  readonly statements: Statement[];
}

export function createIdentityPolicies(): IdentityPolicies {
  const byStack = new Map<StackModel, Map<string, Attached>>();
  return {
    add(stack, holder, statement) {
      const ofStack = byStack.get(stack) ?? new Map<string, Attached>();
      byStack.set(stack, ofStack);
      const identity = identityOf(holder);
      const attached: Attached = ofStack.get(identity) ?? { holders: new Map(), statements: [] };
      ofStack.set(identity, attached);
      const name = givenName(holder);
      if (!attached.holders.has(name)) attached.holders.set(name, holder);
      attached.statements.push(statement);
    },
    of(stack, tidy) {
      const collector = createCollector();
      const documents = [...(byStack.get(stack)?.values() ?? [])].flatMap(({ holders, statements }) => {
        const [first] = holders.values();
        if (first === undefined) return [];
        const [named, ...others] = [...holders.values()].filter((holder) => givenName(holder) !== undefined);
        for (const other of others) {
          const parameters = {
            holder: other.label,
            name: givenName(other) ?? '',
            first: (named && givenName(named)) ?? '',
          };
          const related = named && [{ message: `it is called \`${parameters.first}\` here`, span: named.span }];
          collector.add(report(twoPolicyNames, other.span, parameters, related));
        }
        // The policy has the label and span of the first holder; its name comes from the first holder that gives one.
        const { policyName, policyNameIn } = named?.kind === 'existing' ? named : {};
        const name = {
          ...(policyName !== undefined && { policyName }),
          ...(policyNameIn !== undefined && { policyNameIn }),
        };
        const holder = first.kind === 'existing' ? { ...first, ...name } : first;
        return [{ holder, document: tidy(statements), source: statements[0]?.source ?? { span: holder.span } }];
      });
      return collector.result(documents);
    },
  };
}

/**
 * The name that the YAML gives the policy on an existing role or user. `undefined` for a created principal: it has a single definition, and
 * so a single name for its policy.
 */
function givenName(holder: Holder): string | undefined {
  return holder.kind === 'existing' ? holder.policyName : undefined;
}

/** An id that is the same however the YAML names a role, user or group. */
function identityOf(holder: Holder): string {
  return holder.kind === 'created'
    ? `${holder.created.stack.name}/${holder.created.id}`
    : JSON.stringify([holder.entity, holder.arn]);
}

import { report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { identityPoliciesTooLong } from '../diagnostics/policy.ts';
import type { Result } from '../diagnostics/result.ts';
import { expressionKey } from '../ir/expression.ts';
import { holderName } from '../ir/holder-name.ts';
import type { IdentityPolicy, Resource, Stack } from '../ir/program.ts';
import { limits } from '../kms/limits.ts';
import type { Settings } from '../project/project.ts';
import { mergeResources } from './minimize.ts';
import { leastPolicyLength } from './size.ts';

/** The policies that the program writes into one role, user or group; IAM limits their total size. */
export interface HeldPolicies {
  /** The principal's name in the YAML, or in IAM for an entry of `identityPolicies` that names an existing principal. */
  readonly name: string;
  readonly kind: IdentityPolicy['attachTo']['kind'];
  readonly policies: readonly IdentityPolicy[];
  /** The stack that writes the first of these policies. */
  readonly stack: string;
  /** A lower bound for the total length of these policies in characters. */
  readonly length: number;
  readonly maximum: number;
}

/** The sizes of the policies of each role, user and group. Several stacks can write into a role that exists already. */
export function measureIdentityPolicies(stacks: readonly Stack[]): readonly HeldPolicies[] {
  const byHolder = new Map<string, { readonly policies: IdentityPolicy[]; readonly stack: Stack }>();
  for (const stack of stacks) {
    for (const resource of stack.resources) {
      if (resource.kind !== 'identityPolicy') continue;
      const { kind, name } = resource.attachTo;
      // A created principal is identified by its stack and id, an existing one by account and name.
      const owner = name.kind === 'literal' ? (stack.environment.account ?? stack.name) : stack.name;
      const holder = JSON.stringify([kind, owner, expressionKey(name)]);
      const policies = byHolder.get(holder)?.policies;
      if (policies === undefined) byHolder.set(holder, { policies: [resource], stack });
      else policies.push(resource);
    }
  }
  return [...byHolder.values()].flatMap(({ policies, stack }) => {
    const [first] = policies;
    if (first === undefined) return [];
    const { kind } = first.attachTo;
    const length = policies.reduce((sum, { document }) => sum + leastPolicyLength(document), 0);
    const name = holderName(first);
    return [{ name, kind, policies, stack: stack.name, length, maximum: limits.inlinePolicyCharacters[kind] }];
  });
}

/**
 * Makes identity policies fit IAM's limits. If a principal's policies are too long, statements that differ only in the key are merged,
 * unless the settings turn merging off. KW3047 reports policies that are still too long. Splitting them would gain nothing, since all
 * inline policies share one limit.
 */
export function fitIdentityPolicies(
  stacks: readonly Stack[],
  { minimizePolicies }: Settings,
): Result<readonly Stack[]> {
  const tooLong = (policies: HeldPolicies) => policies.length > policies.maximum;
  const long = measureIdentityPolicies(stacks).filter(tooLong);
  if (long.length === 0) return { value: stacks, diagnostics: [] };
  const merged = minimizePolicies ? mergeIn(stacks, new Set(long.flatMap(({ policies }) => policies))) : stacks;
  const diagnostics = measureIdentityPolicies(merged)
    .filter(tooLong)
    .flatMap(({ name, kind, policies, stack, length, maximum }) => {
      const [first, ...others] = policies.map(({ source }) => source.span);
      const related = others.map((span) => ({ message: 'another of these policies is here', span }));
      return inStack({ name: stack }, [
        report(identityPoliciesTooLong, first, { name, kind, length, maximum }, related),
      ]);
    });
  return { value: merged, diagnostics };
}

function mergeIn(stacks: readonly Stack[], policies: ReadonlySet<Resource>): readonly Stack[] {
  return stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((resource) => {
      if (resource.kind !== 'identityPolicy' || !policies.has(resource)) return resource;
      return { ...resource, document: { statements: mergeResources(resource.document.statements) } };
    }),
  }));
}

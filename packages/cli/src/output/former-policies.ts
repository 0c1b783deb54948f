import { type Inventory, type KnownResource, knownResources } from '@keywright/core/changes/inventory';
import type { Program, Stack } from '@keywright/core/ir/program';
import { targets } from '../targets.ts';
import { earlierFiles } from './earlier.ts';
import { isAbout, withoutPrefix } from './lost-without-inventory.ts';

/**
 * Adds the former names of policies to each stack of the last build whose inventory lists no policies. The outputs of an earlier version
 * may name a policy after a role in one environment; now policies are named after the role as written. Without the former name, a tool
 * would take the old and the new name for two policies, and delete the old one. In IAM both are the same policy, so access would be lost.
 * With the former name, Terraform and Pulumi know that the policy was renamed, and CloudFormation keeps the logical id. Nothing is created
 * or deleted, whatever the order in which the environments are deployed.
 */
export async function withFormerPolicies(out: string, previous: Inventory, program: Program): Promise<Inventory> {
  const stacks = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const isNew = (stack: Stack) => {
    const before = previous.stacks.find(({ name }) => name === stack.name)?.resources;
    return before !== undefined && policiesOf(stack).some(({ id }) => !before.some((one) => one.id === id));
  };
  if (!program.stacks.some(isNew)) return previous;
  const named = new Map<string, (name: string, stack: Stack) => boolean>();
  for (const [target, files] of earlierFiles(out)) {
    const emitter = await targets.find(({ name }) => name === target)?.loadEmitter();
    if (emitter?.policyNamesIn === undefined) continue;
    const names = files.map((file) => ({ file, names: emitter.policyNamesIn?.(file.content) ?? [] }));
    named.set(target, (name, stack) => names.some((one) => isAbout(one.file.stack, stack) && one.names.includes(name)));
  }
  return {
    ...previous,
    stacks: previous.stacks.map((earlier) => {
      const stack = stacks.get(earlier.name);
      if (stack === undefined || earlier.resources.some(isPolicyInIam)) return earlier;
      const recorded = new Set(earlier.resources.map(({ id }) => id));
      const before = asBefore(stack);
      const unrecorded = knownResources(before, targets).flatMap((policy) => {
        if (policy.kind !== 'identityPolicy' || recorded.has(policy.id)) return [];
        const resource = before.resources.find(({ id }) => id === policy.id);
        const names = Object.entries(policy.names).filter(([name]) => {
          const target = targets.find((one) => one.name === name);
          return target && resource && named.get(name)?.(withoutPrefix(resource, before, target), stack);
        });
        return names.length === 0 ? [] : [{ ...policy, names: Object.fromEntries(names) }];
      });
      return unrecorded.length === 0 ? earlier : { ...earlier, resources: [...earlier.resources, ...unrecorded] };
    }),
  };
}

function isPolicyInIam(resource: KnownResource): boolean {
  return resource.kind === 'identityPolicy' && resource.policy !== undefined;
}

function policiesOf({ resources }: Stack) {
  return resources.filter((one) => one.kind === 'identityPolicy' && one.resolvedName !== undefined);
}

/** Returns the stack with the names that earlier versions gave to policies. */
function asBefore(stack: Stack): Stack {
  const resources = stack.resources.map((one) =>
    one.kind === 'identityPolicy' && one.resolvedName !== undefined ? { ...one, name: one.resolvedName } : one,
  );
  return { ...stack, resources };
}

/** Entries of `moved` that name an address. An address is where a tool already has a resource, under a name that Keywright never gives. */
import { addressCannotMove } from '../diagnostics/changes.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import type { Expression } from '../ir/expression.ts';
import { nameInId } from '../ir/name-in-id.ts';
import type { LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import type { AddressMove } from './declared.ts';

/**
 * Adds to the program what its tools need to know about the addresses in `moved`: the former names of resources, and which parts of a key
 * are resources of their own in a tool.
 */
export function applyAddresses(
  program: Program,
  addresses: readonly AddressMove[],
  targets: readonly Target<unknown>[],
): Result<Program> {
  if (addresses.length === 0) return { value: program, diagnostics: [] };
  const collector = createCollector();
  const stacks = program.stacks.map((stack) => {
    const moves = addresses.filter((one) => one.stack === stack.name);
    const former = new Map<Resource, Record<string, readonly string[]>>();
    const left: LeftResource[] = [];
    for (const move of moves) {
      const problem = apply(move, stack, targets, former, left);
      const { title, address, to, span } = move;
      if (problem === undefined) continue;
      collector.add(...inStack(stack, [report(addressCannotMove, span, { title, address, to, problem })]));
    }
    if (former.size + left.length === 0) return stack;
    const resources = stack.resources.map((one) => {
      const names = former.get(one);
      return names === undefined ? one : { ...one, formerNames: names };
    });
    return { ...stack, resources, ...(left.length > 0 && { left }) };
  });
  return collector.result({ ...program, stacks });
}

function apply(
  { title, address, to }: AddressMove,
  stack: Stack,
  targets: readonly Target<unknown>[],
  former: Map<Resource, Record<string, readonly string[]>>,
  left: LeftResource[],
): string | undefined {
  const target = targets.find((one) => one.title === title);
  if (target?.movedFrom === undefined) {
    const others = targets.filter(({ movedFrom }) => movedFrom !== undefined).map((one) => one.title);
    return `this works only with ${others.join(' and ')}`;
  }
  if (!stack.targets.includes(target.name)) return `stack \`${stack.name}\` is not generated for ${title}`;
  const named = stack.resources.filter((one) => labelInStack(one, stack) === to);
  for (const resource of named) {
    const how = target.movedFrom(address, resource);
    if (how === 'renamed') {
      // A module can have moved a resource away from the name that the build gives it. Terraform refuses moves in a circle.
      if (target.nameOf(resource, stack) === address) return undefined;
      const names = former.get(resource) ?? {};
      former.set(resource, { ...names, [target.name]: [...(names[target.name] ?? []), address] });
      return undefined;
    }
    if (how === 'part') {
      left.push({
        kind: 'keyPolicy',
        key: 'name' in resource ? resource.name : to,
        label: to,
        names: { [target.name]: address },
      });
      return undefined;
    }
  }
  return named.length === 0
    ? `stack \`${stack.name}\` has no resource called \`${to}\``
    : 'it is not an address of a resource of that type';
}

/**
 * The name of a resource in `moved`: `orders@prod-us` for a replica, `alias/orders` for an alias, `orders.worker` for a KMS grant. A role,
 * user or group has its own name, and a policy on it has `api/policy-name`. The name of anything in a replica's region ends in `@` and the
 * replica's environment.
 */
export function labelInStack(resource: Resource, stack: Stack): string | undefined {
  const { replicaEnvironments } = stack;
  const environment = replicaEnvironments.find(({ region }) => region === resource.region)?.name ?? resource.region;
  const there = resource.region === undefined ? '' : `@${environment}`;
  switch (resource.kind) {
    case 'key':
    case 'role':
    case 'user':
    case 'group':
      return resource.name;
    case 'replicaKey':
      return `${resource.name}@${resource.environmentName}`;
    case 'alias':
      return `${resource.aliasName}${there}`;
    case 'kmsGrant':
      return `${resource.keyName}.${resource.name}${there}`;
    case 'identityPolicy': {
      const { attachTo, policyName } = resource;
      const holder = nameOfHolder(attachTo.name);
      return policyName.kind === 'literal' && holder !== undefined ? `${holder}/${policyName.text}` : undefined;
    }
    case 'sharedParameter':
      return undefined;
  }
}

function nameOfHolder(name: Expression): string | undefined {
  if (name.kind === 'literal') return name.text;
  return name.kind === 'reference' ? nameInId(name.resource) : undefined;
}

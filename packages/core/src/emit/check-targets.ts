import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badTargetName, cannotExpress, sameAddress } from '../diagnostics/target.ts';
import type { Program, Resource, Stack } from '../ir/program.ts';
import type { Target } from './emitter.ts';

/** What the targets of each stack cannot express, and names in the generated code that clash or that a target refuses. */
export function checkTargets(program: Program, targets: readonly Target<unknown>[]): readonly Diagnostic[] {
  return program.stacks.flatMap((stack) =>
    targets
      .filter((target) => stack.targets.includes(target.name))
      .flatMap((target) => [
        ...stack.resources.flatMap((resource) => checkResource(resource, target, targets)),
        ...checkAddresses(stack, target),
      ]),
  );
}

function checkResource(
  resource: Resource,
  target: Target<unknown>,
  targets: readonly Target<unknown>[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const need = (what: string, possible: (target: Target<unknown>) => boolean) => {
    if (possible(target)) return;
    const others = targets.filter(possible).map((other) => other.name);
    found.push(report(cannotExpress, resource.source.span, { target: target.title, what, others }));
  };
  if (resource.kind === 'kmsGrant') need('a KMS grant', ({ capabilities }) => capabilities.kmsGrants);
  if (resource.kind === 'key') {
    need(`a key of origin ${resource.origin}`, ({ capabilities }) => capabilities.origins.includes(resource.origin));
  }
  const pinned = resource.names[target.name];
  if (pinned !== undefined && !target.pinnedName.pattern.test(pinned)) {
    const { rule } = target.pinnedName;
    found.push(report(badTargetName, resource.source.span, { target: target.title, name: pinned, rule }));
  }
  return found;
}

function checkAddresses(stack: Stack, target: Target<unknown>): readonly Diagnostic[] {
  const owners = new Map<string, Resource>();
  return stack.resources.flatMap((resource) =>
    target.addressesOf(resource, stack).flatMap((address): readonly Diagnostic[] => {
      const owner = owners.get(address);
      if (owner === undefined) {
        owners.set(address, resource);
        return [];
      }
      const related = [{ message: 'the other one', span: owner.source.span }];
      return [report(sameAddress, resource.source.span, { target: target.title, address }, related)];
    }),
  );
}

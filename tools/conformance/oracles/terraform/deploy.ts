import { join } from 'node:path';
import type { Program, Stack } from '@keywright/core/ir/program';
import { world } from '../../../../packages/cli/src/testing/world.ts';
import type { MemoryCloud } from '../../kit/terraform/memory-cloud.ts';
import { type AppliedModule, applyModule } from './apply-module.ts';
import { differencesOf } from './differences.ts';
import { expectedOf } from './expected.ts';
import { deployedPicture } from './found.ts';
import { createGivenNames } from './given-names.ts';

export interface Deployment {
  /** How the deployed state differs from the IR. */
  readonly differences: readonly string[];
  /** The applied modules, by the name of the stack. */
  readonly applied: ReadonlyMap<string, AppliedModule>;
}

/**
 * Deploys the stacks of a program in order, from the root modules in a folder. Stops at a stack that Terraform refuses or that differs from
 * the IR, since later stacks may need it.
 */
export async function deployAndCompare(
  program: Program,
  folder: string,
  cloud: MemoryCloud,
  reattach: string,
): Promise<Deployment> {
  const names = createGivenNames();
  const applied = new Map<string, AppliedModule>();
  cloud.expectPrincipals(principalsKnownBeforehand(program));
  for (const stack of program.stacks) {
    if (!stack.targets.includes('terraform')) {
      deployElsewhere(stack, program, cloud);
      continue;
    }
    try {
      const { state, kept } = await applyModule(join(folder, 'terraform', stack.name), stack, reattach);
      applied.set(stack.name, { state, kept });
      names.learn(stack, state);
      const expected = names.apply(expectedOf(stack, program));
      const differences = differencesOf(stack.name, expected, deployedPicture(stack, state, kept));
      if (differences.length > 0) return { differences, applied };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { differences: [`${stack.name}: ${problem}`], applied };
    }
  }
  return { differences: [], applied };
}

/** Returns principals whose ARN is literal text somewhere, so that Terraform does not know that they have to exist first. */
function principalsKnownBeforehand(program: Program): readonly string[] {
  return program.stacks
    .filter(({ targets }) => targets.includes('terraform'))
    .flatMap((stack) =>
      stack.resources
        .filter((resource) => resource.kind === 'role' || resource.kind === 'user')
        .filter(({ physicalName }) => physicalName !== undefined)
        .map((principal) => world.attribute(principal, 'arn', stack)),
    );
}

/** If another tool deploys a stack, Terraform sees only the parameters that the stack writes. */
function deployElsewhere(stack: Stack, program: Program, cloud: MemoryCloud): void {
  const { resources } = expectedOf(stack, program);
  for (const resource of stack.resources) {
    if (resource.kind !== 'sharedParameter') continue;
    const { name, value } = resources.get(resource.id) as { name: string; value: string }; // as the picture has a parameter
    const account = world.pseudo('account', stack);
    cloud.putParameter(name, value, { account, region: resource.region ?? world.pseudo('region', stack) });
  }
}

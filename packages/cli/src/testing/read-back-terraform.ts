/** Reads back the modules generated for Terraform, and the states after applying them, for a comparison with the program. */
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { address, modulesFolder } from '@keywright/emit-terraform/names';
import { hostOf, readTerraform, readTerraformModule } from '@keywright/read-terraform';
import { addressesIn, asRead, asStateHasIt, type Decided } from './as-terraform-has-it.ts';
import { evaluateModule, shareModule } from './deploy-terraform.ts';
import type { Shared } from './deployed.ts';
import { ofStack, type ReadBack, together } from './read-back.ts';
import { stateOf } from './terraform-state.ts';
import { world } from './world.ts';

/** Matches the reader's message about a value of another stack, which is unknown before the apply. */
const ofAnotherStack =
  /(?: of (\S+) is not known|(\S+) may allow .* stays with Terraform): data\.(?:terraform_remote_state|aws_ssm_parameter)\./;

/** Reported for a stack without anything to read. */
const noKeys = 'KW8055';
/** A warning about `moved` and `removed` blocks, which a build writes for the next apply. */
const pendingBlock = 'KW8077';

/** Reads back the states. `files`: the generated files, by path below the output folder. */
export async function readBackTerraform(program: Program, files: ReadonlyMap<string, string>): Promise<ReadBack> {
  const shared: Shared = { values: new Map(), parameters: new Map() };
  // Adds values that stacks of other tools share.
  for (const stack of program.stacks) {
    for (const resource of stack.resources) {
      if (resource.kind !== 'sharedParameter' || resource.value.kind !== 'reference') continue;
      const id = resource.value.resource;
      const shares = stack.resources.find((each) => each.id === id);
      if (shares)
        shared.parameters.set(resource.parameterName, world.attribute(shares, resource.value.attribute, stack));
    }
  }
  const all: ReadBack[] = [];
  for (const stack of program.stacks) {
    if (!stack.targets.includes('terraform')) continue;
    const module = await evaluateModule(stack, files, shared);
    shareModule(stack, module, shared);
    const text = stateOf(stack, module);
    const { program: read, origins, diagnostics } = readTerraform({ path: `${stack.name}.tfstate`, text });
    const found = read.stacks[0] ?? { ...stack, resources: [] };
    const addresses = origins.get(found.name);
    const addressOf = ({ id }: Resource) => addresses?.get(id)?.address ?? id;
    all.push({
      problems: [
        ...diagnostics.filter(({ code }) => code !== noKeys).map(({ code, message }) => `${code} ${message}`),
        ...(read.stacks.length > 1 ? [`${stack.name} is read as ${read.stacks.length} stacks`] : []),
      ],
      read: ofStack(stack.name, asRead(found, addressOf)),
      expected: ofStack(stack.name, asStateHasIt(stack, addressesIn(stack), decidedIn(stack, program))),
    });
  }
  return together(all);
}

/**
 * Reads back the modules, without a state. Does not compare resources with a value of another stack, because the reader reports that the
 * value is unknown before the apply.
 */
export function readBackModules(program: Program, files: ReadonlyMap<string, string>): ReadBack {
  return together(
    program.stacks
      .filter(({ targets }) => targets.includes('terraform'))
      .map((stack) => {
        const folder = `terraform/${stack.name}`;
        const own = [...files].filter(
          ([path]) => path.startsWith(`${folder}/`) || path.startsWith(`terraform/${modulesFolder}/`),
        );
        const reading = readTerraformModule(hostOf(own.map(([path, text]) => ({ path, text }))), folder);
        const found = reading.program.stacks[0] ?? { ...stack, resources: [] };
        const origins = reading.origins.get(found.name);
        const addresses = new Map(found.resources.map(({ id }) => [id, origins?.get(id)?.address ?? id]));
        const byAddress = new Map(stack.resources.map((resource) => [address(resource, stack), resource]));
        const decided = decidedIn(stack, program);
        const ofRead: Decided = {
          ...decided,
          attribute: ({ id }, attribute) => {
            const resource = byAddress.get(addresses.get(id) ?? '');
            return resource === undefined ? `${id} is not generated` : decided.attribute(resource, attribute);
          },
        };
        const unknown = new Set<string>();
        const problems = reading.diagnostics.flatMap(({ code, message }) => {
          const [, part, policy] = ofAnotherStack.exec(message) ?? [];
          const what = part ?? policy;
          if (what !== undefined) unknown.add(what);
          return what !== undefined || code === noKeys || code === pendingBlock ? [] : [`${code} ${message}`];
        });
        // If the policy of a role is unknown, the role stays with Terraform, unless something else refers to the role.
        const holders = new Set(
          stack.resources.flatMap((one) =>
            one.kind === 'identityPolicy' && one.attachTo.name.kind === 'reference' && unknown.has(address(one, stack))
              ? [one.attachTo.name.resource]
              : [],
          ),
        );
        const read = new Set(addresses.values());
        const known = stack.resources.filter((resource) => {
          const own = address(resource, stack);
          return !unknown.has(own) && (!holders.has(resource.id) || read.has(own));
        });
        return {
          problems,
          read: ofStack(stack.name, asStateHasIt(found, addresses, ofRead)),
          expected: ofStack(stack.name, asStateHasIt({ ...stack, resources: known }, addressesIn(stack), decided)),
        };
      }),
  );
}

function decidedIn(stack: Stack, program: Program): Decided {
  return {
    pseudo: (name) => world.pseudo(name, stack),
    crossStack: ({ stack: name, export: id }) => sharedText(program, name, id),
    attribute: (resource, attribute) => world.attribute(resource, attribute, stack),
  };
}

function sharedText(program: Program, name: string, id: string): string {
  const stack = program.stacks.find((each) => each.name === name);
  const value = stack?.exports.find((each) => each.id === id)?.value;
  const resource = value?.kind === 'reference' && stack?.resources.find((each) => each.id === value.resource);
  if (!stack || !resource || value?.kind !== 'reference') throw new Error(`${name} shares no ${id}`);
  return world.attribute(resource, value.attribute, stack);
}

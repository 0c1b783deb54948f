/** Law 1 of the readers: a state that an apply of the generated module leaves says what the IR says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Resource } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import { readTerraform } from '@keywright/read-terraform';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { addressesIn, asRead, asStateHasIt, type Decided } from './testing/as-terraform-has-it.ts';
import { filesOf } from './testing/deploy.ts';
import { deployTerraform } from './testing/deploy-terraform.ts';
import type { Shared } from './testing/deployed.ts';
import { compileFiles, projects } from './testing/projects.ts';
import { stateOf } from './testing/terraform-state.ts';
import { world } from './testing/world.ts';

/** Reads the state of each stack that is for Terraform only, in order, and compares it; gives how many. */
async function compareAll(program: Program): Promise<number> {
  const files = await filesOf(program, 'terraform');
  const shared: Shared = { values: new Map(), parameters: new Map() };
  // What stacks of other tools share.
  for (const stack of program.stacks) {
    for (const resource of stack.resources) {
      if (resource.kind !== 'sharedParameter' || resource.value.kind !== 'reference') continue;
      const id = resource.value.resource;
      const shares = stack.resources.find((each) => each.id === id);
      if (shares)
        shared.parameters.set(resource.parameterName, world.attribute(shares, resource.value.attribute, stack));
    }
  }
  let compared = 0;
  for (const stack of program.stacks) {
    if (!stack.targets.includes('terraform')) continue;
    const text = await stateOf(stack, files, shared);
    await deployTerraform(stack, files, shared);
    const { program: read, origins, diagnostics } = readTerraform({ path: `${stack.name}.tfstate`, text });
    expect(diagnostics.filter(({ code }) => code !== 'KW8055')).toEqual([]);
    expect(read.stacks.length).toBeLessThanOrEqual(1);
    const found = read.stacks[0] ?? { ...stack, resources: [] };
    const decided: Decided = {
      pseudo: (name) => world.pseudo(name, stack),
      crossStack: ({ stack: name, export: id }) => sharedText(program, name, id),
      attribute: (resource, attribute) => world.attribute(resource, attribute, stack),
    };
    const addresses = origins.get(found.name);
    expect(asRead(found, ({ id }) => addresses?.get(id)?.address ?? id)).toEqual(
      asStateHasIt(stack, addressesIn(stack), decided),
    );
    compared += 1;
  }
  return compared;
}

/** The text that another stack shares. */
function sharedText(program: Program, name: string, id: string): string {
  const stack = program.stacks.find((each) => each.name === name);
  const value = stack?.exports.find((each) => each.id === id)?.value;
  const resource = value?.kind === 'reference' && stack?.resources.find((each) => each.id === value.resource);
  if (!stack || !resource || value?.kind !== 'reference') throw new Error(`${name} shares no ${id}`);
  return world.attribute(resource, value.attribute, stack);
}

describe('a state', () => {
  test.each([...projects.keys()])('of %s says what the IR says', async (name) => {
    const { program, diagnostics } = compileFiles(projects.get(name) ?? {});
    if (program === undefined || hasErrors(diagnostics)) return;
    await compareAll(program);
  });

  test('that Terraform and the AWS provider wrote of an example says what the IR says', () => {
    const path = join(import.meta.dirname, '../../read-terraform/states/quickstart.tfstate');
    const text = readFileSync(path, 'utf8');
    const { program } = compileFiles(projects.get('examples/quickstart') ?? {});
    const [stack] = program?.stacks ?? [];
    const { program: read, origins, diagnostics } = readTerraform({ path, text });
    const [found] = read.stacks;
    if (stack === undefined || found === undefined) throw new Error('there is one stack');
    const addresses = addressesIn(stack);
    const state = JSON.parse(text) as {
      readonly resources: readonly {
        readonly type: string;
        readonly name: string;
        readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
      }[];
    };
    const { account = '', region = '', partition = '' } = found.environment;
    const decided: Decided = {
      pseudo: (name) => ({ account, region, partition, dnsSuffix: 'amazonaws.com' })[name],
      crossStack: ({ export: id }) => id,
      attribute: ({ id }, attribute) => {
        const own = state.resources.find(({ type, name }) => `${type}.${name}` === addresses.get(id));
        return String(own?.instances[0]?.attributes[attribute]);
      },
    };
    expect(diagnostics).toEqual([]);
    const addressOf = ({ id }: Resource) => origins.get(found.name)?.get(id)?.address ?? id;
    expect(asRead(found, addressOf)).toEqual(asStateHasIt(stack, addresses, decided));
    expect(found.resources).toHaveLength(4);
  });

  test('of any project says what the IR says', { timeout: 300_000 }, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyProject, async (project) => {
        const text = JSON.stringify(project); // JSON is YAML
        const host: ProjectHost = {
          readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
          glob: () => [],
        };
        const { program, diagnostics } = compileProject(host, { targets });
        if (program !== undefined && !hasErrors(diagnostics)) compared += await compareAll(program);
      }),
      { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 150), seed: 20261127, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

/** Law 1 of the readers: a generated module means the same as the IR, and so does the state after the module is applied. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Resource } from '@keywright/core/ir/program';
import { hostOfText } from '@keywright/core/project/host';
import { readTerraform } from '@keywright/read-terraform';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { addressesIn, asRead, asStateHasIt, type Decided } from './testing/as-terraform-has-it.ts';
import { filesOf } from './testing/deploy.ts';
import { compileFiles, projects } from './testing/projects.ts';
import { differencesOf } from './testing/read-back.ts';
import { readBackModules, readBackTerraform } from './testing/read-back-terraform.ts';

/** Reads the module and the state of each Terraform stack, and compares both with the program. Returns the number of resources. */
async function compareAll(program: Program): Promise<number> {
  const files = await filesOf(program, 'terraform');
  const [modules, states] = [readBackModules(program, files), await readBackTerraform(program, files)];
  expect(differencesOf(modules)).toEqual([]);
  expect(differencesOf(states)).toEqual([]);
  return Object.keys(modules.expected).length + Object.keys(states.expected).length;
}

describe('a module or its state', () => {
  test.each([...projects.keys()])('of %s means the same as the IR', async (name) => {
    const { program, diagnostics } = compileFiles(projects.get(name) ?? {});
    if (program === undefined || hasErrors(diagnostics)) return;
    await compareAll(program);
  });

  test('means the same as the IR, also for a state that Terraform and the AWS provider wrote', () => {
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

  test('of a random project means the same as the IR', { timeout: 300_000 }, async () => {
    let compared = 0;
    const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 150);
    await fc.assert(
      fc.asyncProperty(anyProject, async (project) => {
        // JSON is also valid YAML.
        const { program, diagnostics } = compileProject(hostOfText(JSON.stringify(project)), { targets });
        if (program !== undefined && !hasErrors(diagnostics)) compared += await compareAll(program);
      }),
      { numRuns, seed: 20261127, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(6 * numRuns);
  });
});

import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@keywright/core/ir/program';
import { address as addressOf, resourceName } from '@keywright/emit-terraform/names';
import { moduleOf } from '../../kit/terraform/modules.ts';
import { getModules, terraform } from '../../kit/terraform/run-terraform.ts';
import { writeBelow } from '../../kit/terraform/workspace.ts';
import { type Finding, nothing, together } from './finding.ts';
import { type ShownChange, type ShownState, shownPlan } from './shown.ts';

/**
 * Checks that a generated module works with blocks that a user adds in a separate file: `import` for existing resources, `moved` for
 * renamed resources, and `removed` for a key that Terraform should stop managing. `folder` has the deployed module and its state.
 */
export async function checkBlocks(stack: Stack, state: ShownState, folder: string, reattach: string): Promise<Finding> {
  if (state.resources.size === 0) return nothing;
  const findings = await Promise.all([
    checkNothingToDo(stack, folder, reattach),
    checkImports(stack, state, folder, reattach),
    checkMoves(stack, folder, reattach),
    checkRemovals(stack, state, folder, reattach),
  ]);
  return together(findings);
}

/** Checks that a plan after an apply is empty. */
async function checkNothingToDo(stack: Stack, folder: string, reattach: string): Promise<Finding> {
  const module = join(folder, 'terraform', stack.name);
  const outcome = await terraform(module, ['plan', '-detailed-exitcode', '-lock=false', '-no-color'], reattach);
  return outcome.status === 0 ? nothing : problem(stack, `a second plan is not empty:\n${outcome.stdout}`);
}

/** Checks a plan with an `import` block for each resource, and no state. Everything must be found, and nothing created. */
async function checkImports(stack: Stack, state: ShownState, folder: string, reattach: string): Promise<Finding> {
  const module = copyOf(stack, folder, 'imported');
  rmSync(join(module, 'terraform.tfstate'));
  const blocks = [...state.resources].map(
    ([address, { values }]) => `import {\n  to = ${address}\n  id = ${JSON.stringify(values.id)}\n}\n`,
  );
  writeFileSync(join(module, 'imports.tf'), blocks.join('\n'));
  return planned(stack, module, reattach, (changes) =>
    [...state.resources.keys()].flatMap((address) => {
      const found = changes.find((change) => change.address === address)?.change;
      if (found?.importing === undefined) return [`${address} is not imported`];
      // AWS does not show the waiting period of a key, so Terraform sets it after an import.
      const changed = Object.keys(found.after ?? {}).filter(
        (name) => JSON.stringify(found.before?.[name]) !== JSON.stringify(found.after?.[name]),
      );
      const harmless = changed.every((name) => name === 'deletion_window_in_days');
      const actions = found.actions.join();
      return harmless && (actions === 'no-op' || actions === 'update')
        ? []
        : [`the import of ${address} is followed by ${actions} of ${changed.join()}`];
    }),
  );
}

/** Gives every key another name in Terraform, with a pinned name in the YAML and a `moved` block. It must remain the same key. */
async function checkMoves(stack: Stack, folder: string, reattach: string): Promise<Finding> {
  const module = copyOf(stack, folder, 'moved');
  const renamed = stack.resources.map((resource) =>
    resource.kind === 'key' || resource.kind === 'replicaKey'
      ? { ...resource, names: { ...resource.names, terraform: `${resourceName(resource, stack)}_renamed` } }
      : resource,
  );
  const after: Stack = { ...stack, resources: renamed };
  await replaceModule(after, 'moved', folder);
  const moves = stack.resources.map((resource, index) => {
    const [from, to] = [addressOf(resource, stack), addressOf(renamed[index] ?? resource, after)];
    return { from, to };
  });
  const real = moves.filter(({ from, to }) => from !== to);
  writeFileSync(
    join(module, 'moves.tf'),
    real.map(({ from, to }) => `moved {\n  from = ${from}\n  to   = ${to}\n}\n`).join('\n'),
  );
  return planned(stack, module, reattach, (changes) => [
    ...real.flatMap(({ from, to }) =>
      changes.some((change) => change.address === to && change.previous_address === from)
        ? []
        : [`${from} is not moved to ${to}`],
    ),
    ...changes
      .filter(({ change }) => change.actions.join() !== 'no-op')
      .map(({ address, change }) => `${address} is moved, and then ${change.actions.join()}`),
  ]);
}

/** Removes the whole stack from the YAML, and adds a `removed` block for each resource. Nothing must be destroyed. */
async function checkRemovals(stack: Stack, state: ShownState, folder: string, reattach: string): Promise<Finding> {
  const module = copyOf(stack, folder, 'removed');
  const empty: Stack = { ...stack, resources: [], outputs: [], exports: [] };
  // While replicas are in the state, they need the provider of their region.
  await replaceModule(empty, 'removed', folder);
  const blocks = [...state.resources.keys()].map(
    (address) => `removed {\n  from = ${address}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`,
  );
  writeFileSync(join(module, 'removed.tf'), blocks.join('\n'));
  return planned(stack, module, reattach, (changes) =>
    [...state.resources.keys()].flatMap((address) => {
      const actions = changes.find((change) => change.address === address)?.change.actions.join();
      return actions === 'forget' ? [] : [`${address} is to be forgotten, and the plan is ${actions}`];
    }),
  );
}

/** Writes a stack into the copy of its root module. Deletes files that are no longer generated, as a build does. */
async function replaceModule(stack: Stack, what: string, folder: string): Promise<void> {
  const name = `${stack.name}-${what}`;
  const module = join(folder, 'terraform', name);
  for (const file of readdirSync(module).filter((each) => each.endsWith('.tf'))) rmSync(join(module, file));
  for (const [path, content] of moduleOf(stack, name) ?? []) writeBelow(folder, path, content);
  await getModules(module);
}

function copyOf(stack: Stack, folder: string, what: string): string {
  const module = join(folder, 'terraform', `${stack.name}-${what}`);
  cpSync(join(folder, 'terraform', stack.name), module, { recursive: true });
  return module;
}

/** Checks that the blocks are formatted like all other files, and that `problemsOf` finds nothing wrong in the plan. */
async function planned(
  stack: Stack,
  module: string,
  reattach: string,
  problemsOf: (changes: readonly ShownChange[]) => readonly string[],
): Promise<Finding> {
  const made = await terraform(module, ['plan', '-out=plan', '-lock=false', '-no-color'], reattach);
  if (made.status !== 0) return problem(stack, made.problem);
  const shown = await terraform(module, ['show', '-json', 'plan'], reattach);
  if (shown.status !== 0) return problem(stack, shown.problem);
  return together(problemsOf(shownPlan(shown)).map((text) => problem(stack, text)));
}

function problem({ name }: Stack, text: string): Finding {
  return { problems: [`${name}: ${text}`], departures: [] };
}

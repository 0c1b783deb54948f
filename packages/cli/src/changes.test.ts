/** Tests rules about changes that hold for every project, with the projects in `examples/` and `cases/`. */
import type { Inventory } from '@keywright/core/changes/inventory';
import { formatInventory, parseInventory } from '@keywright/core/changes/inventory-file';
import { nextInventory } from '@keywright/core/changes/next-inventory';
import { planChanges } from '@keywright/core/changes/plan-changes';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Key, Program, Resource, Stack } from '@keywright/core/ir/program';
import { inventoryOf } from '@keywright/core/testing/inventory-of';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';
import { compileFiles, projects } from './testing/projects.ts';

const programs = [...projects].flatMap(([name, files]) => {
  const { program, changes, diagnostics } = compileFiles(files);
  return program === undefined || hasErrors(diagnostics) ? [] : [{ name, program, changes }];
});
const scope = { targets: new Set(targets.map(({ name }) => name)) };

function plan({ program, changes }: (typeof programs)[number], previous: Inventory, now: Program) {
  const deployments = changes.deployments.filter(({ stack }) => now.stacks.some(({ name }) => name === stack));
  const all = now === program ? changes : { ...changes, moves: [], addresses: [], removals: [], deployments };
  return planChanges({ previous, program: now, changes: all, targets, scope, dropMoves: false });
}

test('the list of projects is not empty', () => {
  expect(programs.length).toBeGreaterThan(40);
});

describe.each(programs)('$name', (project) => {
  const { program } = project;
  const inventory = inventoryOf(program, targets);

  test('reads back the same inventory from its text', () => {
    expect(parseInventory(formatInventory(inventory))).toEqual(inventory);
  });

  test('reports nothing and stays the same if nothing has changed', () => {
    const planned = plan(project, inventory, program);
    expect(planned.diagnostics).toEqual([]);
    expect(planned.program).toEqual(program);
    expect(formatInventory(nextInventory(planned, { targets, scope, states: new Map() }))).toBe(
      formatInventory(inventory),
    );
  });

  test('loses no key without a diagnostic', () => {
    for (const stack of program.stacks) {
      for (const key of keysOf(stack)) {
        const without = withResources(program, stack, (resource) => !belongsTo(resource, key));
        const { diagnostics } = plan(project, inventory, without);
        expect(diagnostics.map(({ code }) => code)).toContain('KW5150');
      }
      if (keysOf(stack).length === 0) continue;
      const without = { ...program, stacks: program.stacks.filter((one) => one !== stack) };
      expect(plan(project, inventory, without).diagnostics.map(({ code }) => code)).toContain('KW5155');
    }
  });

  test('replaces no key without a diagnostic', () => {
    for (const stack of program.stacks) {
      for (const key of keysOf(stack)) {
        const other = { ...key, multiRegion: !key.multiRegion };
        const changed = withResources(program, stack, true, (resource) => (resource === key ? other : resource));
        expect(plan(project, inventory, changed).diagnostics.map(({ code }) => code)).toEqual(['KW5153']);
      }
    }
  });
});

function keysOf(stack: Stack): readonly Key[] {
  return stack.resources.filter((resource) => resource.kind === 'key');
}

function belongsTo(resource: Resource, { name }: Key): boolean {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return resource.name === name;
    case 'alias':
    case 'kmsGrant':
      return resource.keyName === name;
    default:
      return false;
  }
}

function withResources(
  program: Program,
  stack: Stack,
  keeps: true | ((resource: Resource) => boolean),
  change: (resource: Resource) => Resource = (resource) => resource,
): Program {
  const resources = stack.resources.filter((one) => keeps === true || keeps(one)).map(change);
  return { ...program, stacks: program.stacks.map((one) => (one === stack ? { ...stack, resources } : one)) };
}

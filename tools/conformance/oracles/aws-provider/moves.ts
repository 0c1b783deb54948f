/** Keys that are renamed, moved to other stacks or no longer managed. Each step is what a build generates after the previous step. */

import type { Inventory } from '@keywright/core/changes/inventory';
import { nextInventory } from '@keywright/core/changes/next-inventory';
import { planChanges } from '@keywright/core/changes/plan-changes';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { targets } from '../../../../packages/cli/src/targets.ts';
import { inventoryOf } from '../../../../packages/core/src/testing/inventory-of.ts';
import { hostOf } from '../../subject.ts';
import type { Step } from './deploy.ts';
import type { ProviderCase } from './faults.ts';

const account = '111122223333';
const project = (stacks: Readonly<Record<string, unknown>>) => ({
  keywright: 1,
  app: 'moves',
  environments: { eu: { account, region: 'eu-west-1' }, us: { account, region: 'us-east-1' } },
  principals: { build: { user: `arn:aws:iam::${account}:user/build` } },
  stacks,
});

const stack = (keys: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  environment: 'eu',
  targets: ['terraform'],
  keys,
  ...more,
});

// biome-ignore lint/suspicious/noThenProperty: a word of the language
const retained = (key: string) => ({ key, then: 'retain' });

const replicated = {
  multiRegion: true,
  aliases: ['orders'],
  replicas: [{ environment: 'us', aliases: ['orders'] }],
  kmsGrants: { build: { grantee: 'build', operations: ['Decrypt'] } },
};
const goes = { aliases: ['goes'], description: 'It goes to another stack', rotation: '180 days' };
const archive = { aliases: ['archive'], kmsGrants: { build: { grantee: 'build', operations: ['Decrypt'] } } };
const external = { origin: 'EXTERNAL', aliases: ['external'] };

interface Build {
  /** Whether to generate what version 0.1 generated, with the resources of each environment in that environment's root module. */
  readonly isInRoots?: true;
  readonly stacks: Readonly<Record<string, unknown>>;
  /** The calls to KMS, other than reads, that each stack may make. A stack without an entry may only read. */
  readonly mayCall?: Readonly<Record<string, readonly string[]>>;
}

/** Keys with new names, keys that are no longer managed, and a key that moves to another stack. */
const movedAndRemoved: readonly Build[] = [
  { stacks: { main: stack({ orders: replicated, archive, goes, external, plain: {} }) } },
  {
    stacks: {
      main: stack(
        { purchases: replicated, goes, imported: external, plainer: {} },
        {
          moved: [
            { from: 'orders', to: 'purchases' },
            { from: 'external', to: 'imported' },
            { from: 'plain', to: 'plainer' },
          ],
          removed: [retained('archive')],
        },
      ),
    },
  },
  {
    stacks: {
      main: stack({ purchases: replicated, imported: external }, { removed: [retained('plainer')] }),
      side: stack({ went: goes }, { moved: [{ from: 'main.goes', to: 'went' }] }),
    },
  },
];

const named = (...aliases: readonly string[]) => ({ ledger: { ...goes, aliases } });

/**
 * Two aliases of a key are replaced by other aliases: one of the two is deleted, the other stays in AWS unmanaged. Then one environment
 * becomes two.
 */
const aliasesAndEnvironments: readonly Build[] = [
  { stacks: { main: stack(named('ledger', 'books', 'accounts')) } },
  {
    stacks: {
      main: stack(named('ledger', 'journal', 'balances'), {
        removed: [
          // biome-ignore lint/suspicious/noThenProperty: a word of the language
          { alias: 'books', then: 'retain' },
          // biome-ignore lint/suspicious/noThenProperty: a word of the language
          { alias: 'accounts', then: 'destroy' },
        ],
      }),
    },
    mayCall: { main: ['CreateAlias', 'DeleteAlias'] },
  },
  {
    stacks: {
      main: stack(named('ledger', 'journal', 'balances'), { environment: ['eu', 'us'], moved: [{ from: 'main.*' }] }),
    },
    mayCall: { 'main-us': ['CreateKey', 'EnableKeyRotation', 'CreateAlias'] },
  },
];

const inBoth = { main: stack({ ledger: goes, archive, external }, { environment: ['eu', 'us'] }) };

/** The resources of a list's environments move from separate root modules into a shared module. */
const rootsToModule: readonly Build[] = [{ stacks: inBoth, isInRoots: true }, { stacks: inBoth }];

function programsOf(builds: readonly Build[]): readonly Program[] {
  let previous: Inventory | undefined;
  return builds.map(({ stacks, isInRoots }) => {
    const compilation = compileProject(hostOf(project(stacks)), { targets });
    const { program, changes, diagnostics } = compilation;
    const scope = { targets: new Set(targets.map(({ name }) => name)) };
    const planned = program && planChanges({ previous, program, changes, targets, scope, dropMoves: false });
    const found = [...diagnostics, ...(planned?.diagnostics ?? [])];
    if (planned === undefined || hasErrors(found)) {
      throw new Error(`the project of the moves is not valid: ${found.map(({ message }) => message).join('; ')}`);
    }
    if (isInRoots) {
      const inRoots = planned.program.stacks.map(({ definition, ...alone }) => alone);
      const before = { ...planned.program, stacks: inRoots };
      previous = inventoryOf(before, targets);
      return before;
    }
    previous = nextInventory(planned, { targets, scope, states: changes.states });
    return planned.program;
  });
}

/** Returns the moves that every run judges, and the moves that take too long for that. */
export function movesCases(stepOf: (program: Program) => Step | undefined): {
  readonly short: ProviderCase;
  readonly long: readonly ProviderCase[];
} {
  return {
    short: caseOf('changes/moved and removed', movedAndRemoved, stepOf),
    long: [
      caseOf('changes/aliases and environments', aliasesAndEnvironments, stepOf),
      caseOf('changes/root modules to a module', rootsToModule, stepOf),
    ],
  };
}

/**
 * Returns a step for each build, including resources that outlive their stack. A key that moves to a stack is adopted before its old stack
 * forgets it.
 */
function caseOf(name: string, builds: readonly Build[], stepOf: (program: Program) => Step | undefined): ProviderCase {
  const programs = programsOf(builds);
  const letGo: Resource[] = [];
  const steps = programs.map((program, index): Step => {
    const step = stepOf(program);
    if (step === undefined) throw new Error('the provider cannot have the moves');
    const left = program.stacks.flatMap((each) => each.left ?? []).filter(({ toStack }) => toStack === undefined);
    const isGone = (resource: Resource) =>
      left.some(({ kind, key, label }) =>
        resource.kind === 'alias' ? label === resource.aliasName : kind === resource.kind && isOf(resource, key),
      );
    const before = programs[index - 1]?.stacks.find(isMain)?.resources ?? [];
    letGo.push(...before.filter((resource) => isGone(resource) && !letGo.some(({ id }) => id === resource.id)));
    const stacks = step.program.stacks.map((each) =>
      isMain(each) ? { ...each, resources: [...each.resources, ...letGo] } : each,
    );
    const roots = [...step.roots].sort((one, other) => (one.folder > other.folder ? -1 : 1));
    const mayCall = Object.fromEntries(
      Object.entries(builds[index]?.mayCall ?? {}).map(([stackName, actions]) => [`terraform/${stackName}`, actions]),
    );
    return { program: { ...step.program, stacks }, roots, ...(index > 0 && { mayCall }) };
  });
  return { name, subjects: [], steps };
}

/** Whether a resource is a key, or a replica or KMS grant of that key. */
function isOf({ id }: Resource, key: string): boolean {
  return id.split('/')[1] === key;
}

/** Whether everything is in this stack at first. */
function isMain({ name }: Stack): boolean {
  return name === 'main' || name === 'main-eu';
}

/** Keys that get other names, go to other stacks and are let go: each step is what a build gives after the one before. */

import type { Inventory } from '@keywright/core/changes/inventory';
import { planChanges } from '@keywright/core/changes/plan-changes';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Resource } from '@keywright/core/ir/program';
import { targets } from '../../../../packages/cli/src/targets.ts';
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

const projects = [
  { main: stack({ orders: replicated, archive, goes, external, plain: {} }) },
  {
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
  {
    main: stack({ purchases: replicated, imported: external }, { removed: [retained('plainer')] }),
    side: stack({ went: goes }, { moved: [{ from: 'main.goes', to: 'went' }] }),
  },
];

/** The programs of builds that follow each other. */
function builds(): readonly Program[] {
  let previous: Inventory | undefined;
  return projects.map((stacks) => {
    const compilation = compileProject(hostOf(project(stacks)), { targets });
    const { program, changes, diagnostics } = compilation;
    const scope = { targets: new Set(targets.map(({ name }) => name)) };
    const planned = program && planChanges({ previous, program, changes, targets, scope, dropMoves: false });
    const found = [...diagnostics, ...(planned?.diagnostics ?? [])];
    if (planned === undefined || hasErrors(found)) {
      throw new Error(`the project of the moves is not valid: ${found.map(({ message }) => message).join('; ')}`);
    }
    previous = planned.inventory;
    return planned.program;
  });
}

/** As `builds`, each step with what lives on without its stack. A key that arrives is adopted before its old stack forgets it. */
export function movesCase(stepOf: (program: Program) => Step | undefined): ProviderCase {
  const programs = builds();
  const letGo: Resource[] = [];
  const steps = programs.map((program, index): Step => {
    const step = stepOf(program);
    if (step === undefined) throw new Error('the provider cannot have the moves');
    const isGone = (id: string) =>
      program.stacks.some(({ left = [] }) =>
        left.some(({ toStack, key }) => toStack === undefined && id.split('/')[1] === key),
      );
    const before = programs[index - 1]?.stacks.find(({ name }) => name === 'main')?.resources ?? [];
    letGo.push(...before.filter(({ id }) => isGone(id) && !letGo.some((one) => one.id === id)));
    const stacks = step.program.stacks.map((each) =>
      each.name === 'main' ? { ...each, resources: [...each.resources, ...letGo] } : each,
    );
    const roots = [...step.roots].sort((one, other) => (one.folder > other.folder ? -1 : 1));
    return { program: { ...step.program, stacks }, roots, ...(index > 0 && { onlyReads: true as const }) };
  });
  return { name: 'changes/moved and removed', subjects: [], steps };
}

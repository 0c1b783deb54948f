/** Common changes to a keywright.yaml, in three steps. Each change has its own key. */
import type { Key, Program, Resource, Stack } from '@keywright/core/ir/program';
import { hostOf, subjectOf } from '../../subject.ts';

interface Change {
  readonly name: string;
  /** The keys before and after the change. The name of a key starts with the name of the change. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** The keys in the third step; absent if they stay as they are. */
  readonly last?: Readonly<Record<string, unknown>>;
}

const replicated = { multiRegion: true, removal: 'destroy', aliases: ['replicated'] };
const granted = { grants: [{ to: 'api', can: 'decrypt' }] };
const kmsGrants = { build: { grantee: 'build', operations: ['Decrypt', 'Encrypt'] } };

const changes: readonly Change[] = [
  {
    name: 'a description is removed',
    before: { described: { description: 'Orders' }, external: { origin: 'EXTERNAL', description: 'Orders' } },
    after: { described: {}, external: { origin: 'EXTERNAL' } },
  },
  {
    name: 'a description is changed',
    before: { renamed: { description: 'Orders' } },
    after: { renamed: { description: 'Invoices' } },
  },
  {
    name: 'a rotation period is removed, and one is changed',
    before: { rotating: { rotation: '180 days' }, rotatingOften: { rotation: '180 days' } },
    after: { rotating: { rotation: true }, rotatingOften: { rotation: '90 days' } },
  },
  {
    name: 'rotation is turned off, and on',
    before: { rotated: { rotation: '180 days' }, unrotated: {} },
    after: { rotated: { rotation: false }, unrotated: { rotation: true } },
  },
  {
    name: 'a key is disabled, and one enabled',
    before: { enabled: {}, disabled: { enabled: false } },
    after: { enabled: { enabled: false }, disabled: {} },
  },
  {
    name: 'two aliases are swapped',
    before: { blue: { aliases: ['live'] }, green: { aliases: ['next'] } },
    after: { blue: { aliases: ['next'] }, green: { aliases: ['live'] } },
  },
  {
    name: 'an alias is removed, and one added',
    before: { named: { aliases: ['orders', 'old-orders'] } },
    after: { named: { aliases: ['orders', 'new-orders'] } },
  },
  {
    name: 'a replica is added, and dropped',
    before: { replicated },
    after: {
      replicated: { ...replicated, replicas: [{ environment: 'us', aliases: ['replicated'], description: 'Copy' }] },
    },
    last: { replicated },
  },
  {
    name: 'a grant is removed, and one added',
    before: { given: granted, ungiven: {} },
    after: { given: {}, ungiven: granted },
  },
  {
    name: 'a KMS grant is removed, and one changed',
    before: { lent: { kmsGrants }, lentToo: { kmsGrants } },
    after: { lent: {}, lentToo: { kmsGrants: { build: { grantee: 'build', operations: ['Decrypt'] } } } },
  },
  {
    name: 'tags are removed and changed',
    before: { tagged: { tags: { team: 'sales', cost: '12' } } },
    after: { tagged: { tags: { team: 'billing' } } },
  },
  {
    name: 'an administrator is added to the key policy',
    before: { administered: {} },
    after: { administered: { admins: ['admin'] } },
  },
];

/** Returns the programs of all three steps, with the changes whose names match. */
export async function programsOf(which: RegExp): Promise<readonly Program[]> {
  const chosen = changes.filter(({ name }) => which.test(name));
  const keysAt = [
    chosen.map(({ before }) => before),
    chosen.map(({ after }) => after),
    chosen.map(({ after, last }) => last ?? after),
  ];
  const programs = await Promise.all(
    keysAt.map(async (keys) => {
      const project = { ...head, stacks: { main: { ...stack, keys: Object.assign({}, ...keys) } } };
      const subject = await subjectOf('changes', 'case', hostOf(project));
      if (subject === undefined) throw new Error('the project of the changes is not valid');
      return subject.program;
    }),
  );
  return programs.map((program, index) => withFormerRegions(program, programs[index - 1]));
}

/** Returns a program as a build generates it after an earlier build, whose inventory says in which regions it had replicas. */
function withFormerRegions(program: Program, before: Program | undefined): Program {
  const regionsOf = (stacks: readonly Stack[]) =>
    stacks.flatMap(({ replicaEnvironments }) => replicaEnvironments.flatMap(({ region }) => region ?? []));
  const regions = new Set(regionsOf(before?.stacks ?? []));
  for (const region of regionsOf(program.stacks)) regions.delete(region);
  if (regions.size === 0) return program;
  return { ...program, stacks: program.stacks.map((each) => ({ ...each, formerRegions: [...regions].sort() })) };
}

const account = '111122223333';
const head = {
  keywright: 1,
  app: 'changes',
  environments: { eu: { account, region: 'eu-west-1' }, us: { account, region: 'us-east-1' } },
  principals: {
    admin: { role: `arn:aws:iam::${account}:role/Admin`, mutable: false },
    build: { user: `arn:aws:iam::${account}:user/build` },
  },
};
const stack = {
  environment: 'eu',
  targets: ['terraform'],
  principals: { api: { role: { assumedBy: 'lambda.amazonaws.com' } } },
};

/** Returns the program after a step with the removed descriptions of keys, because the provider keeps these, as docs/targets.md says. */
export function keepingDescriptions(program: Program, before: Program): Program {
  const former = new Map(before.stacks.flatMap(({ resources }) => resources.map((each) => [each.id, each] as const)));
  const keeps = (key: Resource | undefined): key is Key => key?.kind === 'key' && key.origin !== 'EXTERNAL';
  return {
    ...program,
    stacks: program.stacks.map((each) => ({
      ...each,
      resources: each.resources.map((resource) => {
        const old = former.get(resource.id);
        if (!keeps(resource) || !keeps(old) || resource.description || old.description === undefined) return resource;
        return { ...resource, description: old.description };
      }),
    })),
  };
}

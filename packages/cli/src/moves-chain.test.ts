/**
 * Tests several moves in a row. Whichever builds a deployment skipped, the last build moves its keys from where they are to where they
 * should be.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInventory } from '@keywright/core/changes/inventory-file';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

/** A project with two stacks. `key` is in one of them. Each stack has another key, which stays. */
interface Project {
  readonly environment: string;
  readonly stack: string;
  readonly isList: boolean;
  readonly key: string;
  readonly isInSide: boolean;
  readonly hasReplica: boolean;
  readonly isGone: boolean;
  /** What the tools do with the key and its replica once the YAML no longer contains them. */
  readonly removal: 'retain' | 'destroy';
}

const start: Omit<Project, 'removal'> = {
  environment: 'a',
  stack: 'core',
  isList: true,
  key: 'orders',
  isInSide: false,
  hasReplica: true,
  isGone: false,
};

type Step = Partial<Project>;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ environment: fc.constantFrom('a', 'x', 'y') }),
  fc.record({ stack: fc.constantFrom('core', 'corf', 'corg') }),
  fc.record({ key: fc.constantFrom('orders', 'sales', 'deals') }),
  fc.record({ isList: fc.boolean() }),
  fc.record({ isInSide: fc.boolean() }),
  fc.record({ stack: fc.constantFrom('core', 'corf', 'corg'), key: fc.constantFrom('orders', 'sales', 'deals') }),
  fc.record({ environment: fc.constantFrom('a', 'x', 'y'), stack: fc.constantFrom('core', 'corf') }),
  fc.record({ isInSide: fc.boolean(), key: fc.constantFrom('orders', 'sales') }),
  fc.record({ hasReplica: fc.constant(false) }),
  fc.record({ isGone: fc.constant(true) }),
  fc.record({ isGone: fc.constant(true), stack: fc.constantFrom('core', 'corf', 'corg') }),
  fc.record({ isGone: fc.constant(true), environment: fc.constantFrom('a', 'x', 'y') }),
);

/**
 * The name of a stack in `moved`. A definition with a list of environments is named without an environment only if the other definition has
 * a list too.
 */
const named = ({ stack, isList, environment }: Project, byList: boolean) =>
  isList && !byList ? `${stack}-${environment}` : stack;

/** The YAML of a project, with entries that explain the changes since the last build. */
function yamlOf(now: Project, before: Project): string {
  const environment =
    now.environment === before.environment ? [] : [{ environment: before.environment, to: now.environment }];
  const moved: object[] = [];
  const fromMain = named(before, now.isList && before.stack !== now.stack);
  const isRenamed = now.stack !== before.stack || now.isList !== before.isList;
  if (isRenamed) moved.push({ from: `${fromMain}.*` });
  const movedToSide: object[] = [];
  const hasMoved = now.key !== before.key || now.isInSide !== before.isInSide;
  const isRemoved = now.isGone && !before.isGone;
  const goneParts: readonly object[] = isRemoved
    ? [{ key: before.key }]
    : before.hasReplica && !now.hasReplica
      ? [{ key: now.key, replica: 'us' }]
      : [];
  const removed = goneParts.map((what) => Object.fromEntries([...Object.entries(what), ['then', now.removal]]));
  const removedIn = (isInSide: boolean) =>
    removed.length > 0 && (isRemoved ? before : now).isInSide === isInSide && !before.isGone ? { removed } : {};
  if (now.isGone) {
    // A removed key moves no further.
  } else if (now.isInSide) {
    if (hasMoved) {
      const from = before.isInSide ? before.key : `${named(before, true)}.${before.key}`;
      movedToSide.push({ from, to: now.key });
    }
  } else if (hasMoved || (isRenamed && now.key !== before.key)) {
    const from = before.isInSide ? `side.${before.key}` : isRenamed ? `${fromMain}.${before.key}` : before.key;
    moved.push({ from, to: now.key });
  }
  const replicas = now.hasReplica ? [{ environment: 'us' }] : [];
  const key = { [now.key]: { aliases: ['tracked'], multiRegion: true, removal: now.removal, replicas } };
  const list = (is: boolean) => (is ? [now.environment] : now.environment);
  return JSON.stringify({
    keywright: 1,
    app: 'shop',
    environments: {
      [now.environment]: { account: '300000000001', region: 'eu-west-1' },
      us: { account: '300000000001', region: 'us-east-1' },
    },
    ...(environment.length > 0 && { moved: environment }),
    stacks: {
      [now.stack]: {
        environment: list(now.isList),
        keys: { main: { aliases: ['main'] }, ...(!now.isInSide && !now.isGone && key) },
        ...(moved.length > 0 && { moved }),
        ...removedIn(false),
      },
      side: {
        environment: list(true),
        keys: { other: { aliases: ['other'] }, ...(now.isInSide && !now.isGone && key) },
        ...(movedToSide.length > 0 && { moved: movedToSide }),
        ...removedIn(true),
      },
    },
  });
}

interface Whereabouts {
  readonly stack: string;
  readonly project: string;
  readonly names: Readonly<Record<string, string>>;
  readonly replica?: string;
}

const templateOf = ({ stack, replica }: Whereabouts) => (replica === undefined ? stack : `${stack}-${replica}`);

/**
 * Returns the keys and replicas after a build. Each key is found by the alias that it keeps, each replica by the alias of its key and by
 * its region.
 */
function whereaboutsIn(out: string, { environment }: Project): ReadonlyMap<string, Whereabouts> {
  const inventory = parseInventory(readFileSync(join(out, 'keywright.inventory.json'), 'utf8'));
  if ('reason' in inventory) throw new Error(inventory.reason);
  return new Map(
    inventory.stacks.flatMap(({ name, definition, resources }) =>
      resources.flatMap((alias): readonly (readonly [string, Whereabouts])[] => {
        const key = resources.find((one) => one.kind === 'key' && one.key === alias.key);
        if (alias.kind !== 'alias' || key === undefined) return [];
        const project = `shop-${definition ?? name}/${definition === undefined ? 'STACK' : environment}`;
        const replicas = resources.filter((one) => one.kind === 'replicaKey' && one.key === alias.key);
        return [
          [alias.alias, { stack: name, project, names: key.names }],
          ...replicas.map(
            (one) => [`${alias.alias} in us`, { stack: name, project, names: one.names, replica: 'us' }] as const,
          ),
        ];
      }),
    ),
  );
}

function cfnFinds(out: string, from: Whereabouts, to: Whereabouts): boolean {
  const same = from.stack === to.stack && from.names.cfn === to.names.cfn;
  const files = readdirSync(join(out, 'cfn')).filter((name) => name.startsWith('refactor-'));
  const mappings = files.flatMap(
    (name): readonly Record<'Source' | 'Destination', { StackName: string; LogicalResourceId: string }>[] =>
      JSON.parse(readFileSync(join(out, 'cfn', name), 'utf8')),
  );
  return (
    same ||
    mappings.some(
      ({ Source, Destination }) =>
        Source.StackName === `shop-${templateOf(from)}` &&
        Source.LogicalResourceId === from.names.cfn &&
        Destination.StackName === `shop-${templateOf(to)}` &&
        Destination.LogicalResourceId === to.names.cfn,
    )
  );
}

const hasModule = (out: string, { stack }: Whereabouts) => existsSync(join(out, 'terraform', stack, 'versions.tf'));

/** Whether Terraform stops managing a key in the module that had it. A module that is no longer generated is never applied. */
function forgets(out: string, from: Whereabouts): boolean {
  if (!hasModule(out, from)) return true;
  const file = join(out, 'terraform', from.stack, 'changes.tf');
  return existsSync(file) && readFileSync(file, 'utf8').includes(`removed {\n  from = ${from.names.terraform}\n`);
}

function terraformFinds(out: string, from: Whereabouts, to: Whereabouts, alias: string): boolean {
  const file = join(out, 'terraform', to.stack, 'changes.tf');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (from.stack !== to.stack && !forgets(out, from)) return false;
  // A replica without an alias is imported by an id that the user supplies.
  if (from.stack !== to.stack && to.replica !== undefined) return text.includes(`to = ${to.names.terraform}\n`);
  if (from.stack !== to.stack) {
    const [, lookup = ''] =
      new RegExp(`to = ${to.names.terraform}\n\\s+id = data.aws_kms_alias.(\\w+).target`).exec(text) ?? [];
    return text.includes(`data "aws_kms_alias" "${lookup}" {\n  name = "${alias}"`);
  }
  const moves = new Map(
    [...text.matchAll(/moved \{\n\s+from = (\S+)\n\s+to +?= (\S+)/g)].map(([, one, other]) => [one, other]),
  );
  let at = from.names.terraform;
  while (at !== undefined && at !== to.names.terraform) at = moves.get(at);
  return at !== undefined && !text.includes(`removed {\n  from = ${to.names.terraform}\n`);
}

/** Runs the commands for Pulumi on a backend that has the keys in their former stacks. Returns the keys of each stack afterwards. */
function pulumiAfterCommands(
  out: string,
  then: Iterable<Whereabouts>,
): ReadonlyMap<string, ReadonlyMap<string, Whereabouts>> {
  const state = new Map<string, Map<string, Whereabouts>>();
  for (const one of then) {
    state.set(one.project, new Map([...(state.get(one.project) ?? []), [one.names.pulumi ?? '', one]]));
  }
  const file = join(out, 'pulumi/changes.md');
  const text = existsSync(file)
    ? readFileSync(file, 'utf8').replaceAll('ORGANIZATION/', '').replaceAll(' \\\n', '')
    : '';
  const nameIn = (urn: string) => urn.split('::').slice(2).join('::');
  for (const line of text.split('\n')) {
    const [, renamed = '', name = ''] = /^pulumi stack rename --stack (\S+) (\S+)$/.exec(line) ?? [];
    const stack = state.get(renamed);
    if (stack !== undefined && !state.has(name)) {
      state.set(name, stack);
      state.delete(renamed);
    }
    const [, created] = /^pulumi stack select --cwd \S+ --create (\S+)$/.exec(line) ?? [];
    if (created !== undefined && !state.has(created)) state.set(created, new Map());
    const [, source = '', dest = '', urns = ''] =
      /^pulumi state move --source (\S+) --dest (\S+) --yes +(.*)$/.exec(line) ?? [];
    const [own, other] = [state.get(source), state.get(dest)];
    for (const urn of urns.matchAll(/'([^']+)'/g)) {
      const [project, environment] = source.split('/');
      expect(urn[1]).toContain(`urn:pulumi:${environment}::${project}::`);
      const moving = own?.get(nameIn(urn[1] ?? ''));
      if (moving === undefined || other === undefined) continue;
      other.set(nameIn(urn[1] ?? ''), moving);
      own?.delete(nameIn(urn[1] ?? ''));
    }
    const [, deleted = '', gone = ''] = /^pulumi state delete --stack (\S+) --force --yes '(\S+)'$/.exec(line) ?? [];
    state.get(deleted)?.delete(nameIn(gone));
    const [, where = '', urn = '', next = ''] =
      /^pulumi state rename --stack (\S+) '(\S+)' '(\S+)' --yes$/.exec(line) ?? [];
    const known = state.get(where);
    const renaming = known?.get(nameIn(urn));
    if (renaming !== undefined) {
      known?.delete(nameIn(urn));
      known?.set(`${nameIn(urn).split('::')[0]}::${next}`, renaming);
    }
  }
  return state;
}

/** Whether Pulumi, after the commands, takes the key at `to` for the key that was at `from`. */
function pulumiFinds(out: string, then: Iterable<Whereabouts>, from: Whereabouts, to: Whereabouts): boolean {
  const state = pulumiAfterCommands(out, then);
  const program = readFileSync(join(out, 'pulumi', programOf(to), 'index.ts'), 'utf8');
  const [type = '', name = ''] = (to.names.pulumi ?? '').split('::');
  const [, declared = ''] = program.split(new RegExp(`new aws\\.kms\\.(?:Replica)?Key\\(\\s+"${name}",`));
  const [, aliases = ''] = /aliases: \[(.*)\]/.exec(declared.split('\n);\n')[0] ?? '') ?? [];
  const names = [name, ...[...aliases.matchAll(/name: "([^"]+)"/g)].map(([, one]) => one)];
  return names.some((one) => state.get(to.project)?.get(`${type}::${one}`) === from);
}

/**
 * Whether each tool treats a key that was removed from the YAML as `removal` says: it stops managing a key to retain, and still manages a
 * key to destroy.
 */
function letGo(out: string, from: Whereabouts, then: Iterable<Whereabouts>, { removal }: Project) {
  const steps = existsSync(join(out, 'cfn/changes.md')) ? readFileSync(join(out, 'cfn/changes.md'), 'utf8') : '';
  const [, section = ''] = steps.split(`\n## What \`${templateOf(from)}\` leaves behind\n`);
  const isLeft = section.split('\n## ')[0]?.includes(`\`${from.names.cfn}\``) === true;
  const isKnown = [...pulumiAfterCommands(out, then).values()].some((state) => [...state.values()].includes(from));
  const isRetained = removal === 'retain';
  return {
    cfn: isLeft === isRetained,
    terraform: !hasModule(out, from) || forgets(out, from) === isRetained,
    pulumi: isKnown === !isRetained,
  };
}

const programOf = ({ project }: Whereabouts) => project.split('/')[0]?.slice('shop-'.length) ?? '';

test('a deployment that skipped builds keeps its keys', { timeout: 600_000 }, async () => {
  let moved = 0;
  let gone = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 4 }),
      fc.constantFrom('retain', 'destroy'),
      async (steps, removal) => {
        const cwd = mkdtempSync(join(tmpdir(), 'keywright-moves-'));
        try {
          const out = join(cwd, 'out');
          const builds: ReadonlyMap<string, Whereabouts>[] = [];
          let before: Project = { ...start, removal };
          for (const change of [{}, ...steps]) {
            const now: Project = { ...before, ...change };
            const text = yamlOf(now, before);
            writeFileSync(join(cwd, 'keywright.yaml'), text);
            const io = fakeIo({ cwd });
            const code = await run(['build', '--quiet'], io);
            expect({ code, out: io.out(), text: code === 0 ? '' : text }).toEqual({ code: 0, out: io.out(), text: '' });
            const nowAt = whereaboutsIn(out, now);
            builds.push(nowAt);
            before = now;
            for (const then of builds) {
              for (const [alias, from] of then) {
                const to = nowAt.get(alias);
                if (to === undefined) {
                  gone += 1;
                  expect(now.isGone || (!now.hasReplica && from.replica !== undefined)).toBe(true);
                  const asked = letGo(out, from, then.values(), now);
                  expect({ alias, from, ...asked, text }).toEqual({
                    alias,
                    from,
                    cfn: true,
                    terraform: true,
                    pulumi: true,
                    text,
                  });
                  continue;
                }
                if (JSON.stringify(from) !== JSON.stringify(to)) moved += 1;
                const found = {
                  cfn: cfnFinds(out, from, to),
                  terraform: terraformFinds(out, from, to, alias),
                  pulumi: pulumiFinds(out, then.values(), from, to),
                };
                expect({ alias, from, to, ...found, text }).toEqual({
                  alias,
                  from,
                  to,
                  cfn: true,
                  terraform: true,
                  pulumi: true,
                  text,
                });
              }
            }
          }
        } finally {
          rmSync(cwd, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 25), seed: 20261129, endOnFailure: true },
  );
  expect(moved).toBeGreaterThan(50);
  expect(gone).toBeGreaterThan(20);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '@keywright/core/ir/program';
import { openCloud, placeOf } from '../../kit/accounts/cloud.ts';
import { differences } from '../../kit/accounts/compare.ts';
import { expectedOf } from '../../kit/accounts/expected.ts';
import { meaningOf } from '../../kit/accounts/meaning.ts';
import { givenNames, placesOf } from '../../kit/accounts/scope.ts';
import { plantSeed, seedOf } from '../../kit/accounts/seed.ts';
import { type GrantEntry, readAccounts, type Snapshot, type Thing } from '../../kit/accounts/snapshot.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import { type Outcome, terraform } from '../../kit/terraform/run-terraform.ts';
import { writeBelow } from '../../kit/terraform/workspace.ts';
import { differencesInStates, stacksOfRoot } from './read-state.ts';
import { overrideOf, type Root } from './root.ts';

/** What a project, or several, are to become. */
export interface Step {
  /** What the accounts hold afterwards, and nothing else. */
  readonly program: Program;
  /** In the order in which they are applied. */
  readonly roots: readonly Root[];
  /**
   * Where nothing may be lost: what KMS may be asked for besides what is there, by the folder of the root module; of one that is not named,
   * nothing. Every key of the step before then is there as it was.
   */
  readonly mayCall?: Readonly<Record<string, readonly string[]>>;
  /** A mistake in the states, before they are read. */
  readonly mistakeInState?: (state: string) => string;
}

/**
 * Applies one step after the other in fresh accounts. What is wrong: what Terraform or a service refuses, what a second plan
 * would still change, where the accounts do not hold what they should, and where `readTerraform` reads something else from the states.
 */
export async function problemsOf(
  steps: readonly Step[],
  moto: Moto,
  provider: FoundProvider,
): Promise<readonly string[]> {
  const recorder = await startRecorder(moto.url);
  const workspace = mkdtempSync(join(tmpdir(), 'keywright-aws-provider-'));
  try {
    const settings = join(workspace, 'settings.tfrc');
    // Without an `init` for each root module, and whichever version a module asks for.
    writeFileSync(
      settings,
      `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(provider.folder)}\n  }\n  direct {}\n}\n`,
    );
    await moto.reset();
    const cloud = openCloud(moto.url);
    const seeds = steps.map(({ program }) => seedOf(program, meaningOf(program)));
    const principals = new Map(seeds.flatMap((seed) => seed.principals).map((one) => [one.arn, one]));
    const seed = { principals: [...principals.values()], keys: [...new Set(seeds.flatMap(({ keys }) => keys))] };
    await plantSeed(seed, cloud, placeOf({ environment: {} }).region);
    // A replica that has left is still to be read.
    const every = steps
      .flatMap((step) => placesOf(step.program, seed))
      .map((place) => [JSON.stringify(place), place] as const);
    const places = [...new Map(every).values()];
    // Most of a command is the provider's reading of its own schema, which makes garbage and needs none of it back.
    const variables = { TF_CLI_CONFIG_FILE: settings, GOGC: '400' };
    // The provider asks for what it does not find for as long as it takes.
    const timeout = 300_000;
    const run = (root: Root, ...args: readonly string[]) =>
      terraform(join(workspace, root.folder), args, undefined, { variables, timeout });
    let before: Snapshot | undefined;
    for (const [index, { program, roots, mayCall, mistakeInState }] of steps.entries()) {
      const at = (problem: string) => (steps.length === 1 ? problem : `step ${index + 1}: ${problem}`);
      recorder.taken();
      for (const root of roots) {
        rmSync(join(workspace, root.folder, 'providers.tf'), { force: true });
        for (const [name, content] of root.files) writeBelow(workspace, `${root.folder}/${name}`, content);
        writeBelow(workspace, `${root.folder}/emulator_override.tf`, await overrideOf(root, recorder.url));
        const got = await run(root, 'get');
        if (got.status !== 0) return [at(`${root.folder} is refused: ${got.problem}`)];
        const applied = await run(root, 'apply', '-auto-approve', '-lock=false', '-no-color', '-parallelism=60');
        if (applied.status !== 0) return [at(`${root.folder} is refused: ${applied.problem}`)];
        const allowed = mayCall?.[root.folder] ?? [];
        const calls = recorder.taken().filter((action) => !/^(Get|List|Describe)/.test(action));
        const excess = mayCall === undefined ? [] : calls.filter((action) => !allowed.includes(action));
        if (excess.length > 0) return excess.map((action) => at(`${root.folder} calls ${action}`));
      }
      for (const root of roots) {
        const again = await run(root, 'plan', '-detailed-exitcode', '-lock=false', '-json', '-parallelism=60');
        if (again.status !== 0)
          return changesIn(again).map((change) => at(`${root.folder} never converges: ${change}`));
      }
      const meaning = meaningOf(program);
      const partners = seed.principals.map(({ arn }) => ({
        ...placeOf({ environment: {} }),
        account: arn.split(':')[4] ?? '',
      }));
      const snapshot = await readAccounts(cloud, [...places, ...partners], places, givenNames(program, seed));
      const lost = mayCall === undefined || before === undefined ? [] : lostKeys(before, snapshot);
      if (lost.length > 0) return lost.map(at);
      before = snapshot;
      const found = differences(
        ['the IR', 'terraform'],
        [expectedOf(program, seed, meaning), withoutDeleted(snapshot)],
      );
      if (found.length > 0) return found.map(at);
      // What lives on without its stack is in no state.
      const states = roots.map(({ folder, place }) => {
        const state = readFileSync(join(workspace, folder, 'terraform.tfstate'), 'utf8');
        return { stacks: stacksOfRoot(program, folder), place, text: mistakeInState?.(state) ?? state };
      });
      const misread = mayCall !== undefined ? [] : differencesInStates(states);
      if (misread.length > 0) return misread.map(at);
    }
    return [];
  } finally {
    await recorder.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** What a plan would do, a line for each resource, or what it fails with. */
function changesIn({ stdout, problem }: Outcome): readonly string[] {
  const messages = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map(
      (line) => JSON.parse(line) as { readonly type: string; readonly '@message': string; readonly '@level': string },
    );
  const changes = messages.filter(({ type, '@level': level }) => type === 'planned_change' || level === 'error');
  return changes.length > 0 ? changes.map((change) => change['@message']) : [problem];
}

/** Keys that are not there any more under their ids, or not with the same properties, policy, tags and grants. */
function lostKeys(before: Snapshot, after: Snapshot): readonly string[] {
  const said = ({ things }: Snapshot) =>
    new Map(
      things.flatMap((thing) => {
        if (thing.kind !== 'key') return [];
        const { arn, aliases: _, ...rest } = thing;
        return [[arn, JSON.stringify(rest)] as const];
      }),
    );
  const now = said(after);
  return [...said(before)].flatMap(([arn, was]) => {
    const is = now.get(arn);
    if (is === was) return [];
    return [is === undefined ? `${arn} is gone` : `${arn} is no longer what it was:\n${was}\n${is}`];
  });
}

/** As the services mean it: a constraint of no pairs is none, which the provider writes beside one that has some. */
function withoutEmptyConstraints(grant: GrantEntry): GrantEntry {
  const some = (pairs: GrantEntry['equals']) => (Object.keys(pairs ?? {}).length === 0 ? undefined : pairs);
  return { ...grant, equals: some(grant.equals), subset: some(grant.subset) };
}

/**
 * Without what is only there until a waiting period is over: a key that is to be deleted, and its place beside its primary.
 */
function withoutDeleted({ things, madeUp }: Snapshot): Snapshot {
  const isGone = (arn: string) =>
    things.some((thing) => thing.kind === 'key' && thing.arn === arn && /^Pending.*Deletion$/.test(thing.state));
  return {
    madeUp,
    things: things.flatMap((thing): readonly Thing[] => {
      if (thing.kind !== 'key') return [thing];
      if (isGone(thing.arn)) return [];
      const { multiRegion } = thing;
      const grants = thing.grants.map(withoutEmptyConstraints);
      if (multiRegion === undefined) return [{ ...thing, grants }];
      const replicas = multiRegion.replicas.filter((arn) => !isGone(arn));
      return [{ ...thing, grants, multiRegion: { ...multiRegion, replicas } }];
    }),
  };
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '@keywright/core/ir/program';
import { differences } from '../../kit/accounts/compare.ts';
import { expectedOf } from '../../kit/accounts/expected.ts';
import { meaningOf } from '../../kit/accounts/meaning.ts';
import { givenNames, placesOf } from '../../kit/accounts/scope.ts';
import { plantSeed, seedOf } from '../../kit/accounts/seed.ts';
import { type GrantEntry, readAccounts, type Snapshot, type Thing } from '../../kit/accounts/snapshot.ts';
import { openCloud, placeOf } from '../../kit/cloud/cloud.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import { awsProvider, settingsWith } from '../../kit/terraform/find-provider.ts';
import { overrideOf, type Root } from '../../kit/terraform/root.ts';
import { type Outcome, terraform } from '../../kit/terraform/run-terraform.ts';
import type { RunningProviders } from '../../kit/terraform/running-providers.ts';
import { writeBelow } from '../../kit/terraform/workspace.ts';
import { differencesInStates, type State, stacksOfRoot } from './read-state.ts';

/** The wanted state of one or more projects. */
export interface Step {
  /** The program that the accounts must contain afterwards, and nothing else. */
  readonly program: Program;
  /** The root modules in the order of applying. */
  readonly roots: readonly Root[];
  /**
   * The calls to KMS, other than reads, that each root module may make, by the folder of the module. A module without an entry may only
   * read. If this is set, nothing may be lost: every key of the previous step must still exist unchanged.
   */
  readonly mayCall?: Readonly<Record<string, readonly string[]>>;
  /** Makes a mistake in each state before it is read. */
  readonly mistakeInState?: (state: string) => string;
}

/** The states after applying the root modules of a step. With these, a mistake in a state can be judged without applying again. */
const statesLeft = new WeakMap<Step['roots'], readonly State[]>();

/**
 * Applies one step after the other in fresh accounts. Returns the problems: what Terraform or a service refuses, what a second plan would
 * still change, how the accounts differ from the wanted state, and what `readTerraform` reads differently from a state.
 */
export async function problemsOf(
  steps: readonly Step[],
  moto: Moto,
  providers: RunningProviders,
): Promise<readonly string[]> {
  const [first] = steps;
  const left = first && statesLeft.get(first.roots);
  if (first?.mistakeInState !== undefined && left !== undefined) return differencesInStates(left.map(mistaken(first)));
  const recorder = await startRecorder(moto.url);
  const workspace = mkdtempSync(join(tmpdir(), 'keywright-aws-provider-'));
  try {
    const settings = join(workspace, 'settings.tfrc');
    // With these settings, a root module needs no `init`, and may require any version of the provider.
    writeFileSync(settings, settingsWith(awsProvider()));
    await moto.reset();
    const cloud = openCloud(moto.url);
    const seeds = steps.map(({ program }) => seedOf(program, meaningOf(program)));
    const principals = new Map(seeds.flatMap((seed) => seed.principals).map((one) => [one.arn, one]));
    const seed = { principals: [...principals.values()], keys: [...new Set(seeds.flatMap(({ keys }) => keys))] };
    await plantSeed(seed, cloud, placeOf({ environment: {} }).region);
    // Reads the places of replicas that no longer exist too.
    const every = steps
      .flatMap((step) => placesOf(step.program, seed))
      .map((place) => [JSON.stringify(place), place] as const);
    const places = [...new Map(every).values()];
    const variables = { TF_CLI_CONFIG_FILE: settings };
    // The provider keeps retrying for a long time if it does not find something.
    const timeout = 300_000;
    const run = (root: Root, ...args: readonly string[]) =>
      terraform(join(workspace, root.folder), args, providers.reattach, { variables, timeout });
    let before: Snapshot | undefined;
    for (const [index, step] of steps.entries()) {
      const { program, roots, mayCall } = step;
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
      // Resources that outlive their stack are not in any state of Terraform.
      const states = roots.map(
        ({ folder, place }): State => ({
          stacks: stacksOfRoot(program, folder),
          place,
          text: readFileSync(join(workspace, folder, 'terraform.tfstate'), 'utf8'),
        }),
      );
      statesLeft.set(roots, states);
      const misread = mayCall !== undefined ? [] : differencesInStates(states.map(mistaken(step)));
      if (misread.length > 0) return misread.map(at);
    }
    return [];
  } finally {
    await recorder.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

function mistaken({ mistakeInState }: Step): (state: State) => State {
  return (state) => ({ ...state, text: mistakeInState?.(state.text) ?? state.text });
}

/** Returns the actions of a plan, one line for each resource, or the error that the plan failed with. */
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

/** Returns keys that no longer exist under their id, or whose properties, policy, tags or grants have changed. */
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

/**
 * Returns a grant as the services understand it: an empty constraint is no constraint. The provider writes an empty constraint beside a
 * real constraint.
 */
function withoutEmptyConstraints(grant: GrantEntry): GrantEntry {
  const some = (pairs: GrantEntry['equals']) => (Object.keys(pairs ?? {}).length === 0 ? undefined : pairs);
  return { ...grant, equals: some(grant.equals), subset: some(grant.subset) };
}

/**
 * Removes from a snapshot everything that exists only until a waiting period is over: keys that are pending deletion, and their entries as
 * replicas in a primary.
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

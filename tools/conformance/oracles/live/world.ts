/** A project deployed into fresh accounts, and what is there then. */
import type { Program, Stack } from '@keywright/core/ir/program';
import type { Moto } from '../../moto.ts';
import type { Subject } from '../../subject.ts';
import { type Cloud, openCloud, type Place, placeOf } from './cloud.ts';
import { differences } from './compare.ts';
import { assignTools, type StackDeployed, type StackDeployer, type Tool } from './deploy.ts';
import { expectedOf } from './expected.ts';
import { type Meaning, meaningOf } from './meaning.ts';
import { placeIn } from './places.ts';
import { placeOfKey, plantSeed, type Seed, seedOf } from './seed.ts';
import { readAccounts, type Snapshot } from './snapshot.ts';
import { expectedTold, toldThings } from './told.ts';

/** What is to be there after a deployment by whichever tool. */
export interface Wanted {
  readonly seed: Seed;
  readonly meaning: Meaning;
  /** With all that a tool could say of the stacks. Throws if the project asks for what cannot be. */
  readonly snapshot: Snapshot;
}

export function wantedOf({ program }: Pick<Subject, 'program'>): Wanted {
  const meaning = meaningOf(program);
  const seed = seedOf(program, meaning);
  return {
    seed,
    meaning,
    get snapshot() {
      const { things, madeUp } = expectedOf(program, seed, meaning);
      return { things: [...things, ...expectedTold(program, meaning)], madeUp };
    },
  };
}

export interface World {
  /** What is in the accounts, and what the tools say of the stacks. */
  readonly snapshot: Snapshot;
  readonly deployed: ReadonlyMap<string, StackDeployed>;
}

/** The tools, which make their calls to `cloud`. */
export type Deployers = (subject: Subject, cloud: Cloud) => Readonly<Record<Tool, StackDeployer>>;

/**
 * Deploys with one tool, as far as the project is generated for it: undefined if nothing is. Rejects with what a tool or a
 * service refuses.
 */
export async function deployWorld(
  subject: Subject,
  { seed }: Wanted,
  tool: Tool,
  deployers: Deployers,
  moto: Moto,
): Promise<World | undefined> {
  const { program } = subject;
  const assigned = assignTools(program, tool);
  if (assigned === undefined) return undefined;
  await moto.reset();
  const cloud = openCloud(moto.url);
  const nowhere = placeOf({ environment: {} });
  await plantSeed(seed, cloud, nowhere.region);

  let here = nowhere; // what a stack leaves open, the credentials and settings of the user decide
  const settled: Cloud = ({ account, region }) =>
    cloud({
      account: account === nowhere.account ? here.account : account,
      region: region === nowhere.region ? here.region : region,
    });
  const deployerOf = deployers(subject, settled);
  const deployed = new Map<string, StackDeployed>();
  for (const stack of program.stacks) {
    here = placeIn(program, stack);
    deployed.set(stack.name, await deployerOf[assigned.get(stack.name) ?? tool](stack));
  }

  const places = placesOf(program, seed);
  // Accounts that only have principals whom the project names, such as those of a partner, have no keys to read.
  const partners = seed.principals.map(({ arn }) => ({ ...nowhere, account: arn.split(':')[4] ?? '' }));
  const { things, madeUp } = await readAccounts(cloud, [...places, ...partners], places, givenNames(program, seed));
  return { snapshot: { things: [...things, ...toldThings(deployed)], madeUp }, deployed };
}

/** Where a world is not what the IR says; of what only tools know, as far as they have said it. */
export function differencesFrom({ program }: Subject, wanted: Wanted, tool: Tool, world: World): readonly string[] {
  const { things, madeUp } = wanted.snapshot;
  const told = expectedTold(program, wanted.meaning, world.deployed);
  const expected = { things: [...things.filter(({ kind }) => kind !== 'told'), ...told], madeUp };
  return differences(['the IR', tool], [expected, world.snapshot]);
}

/** Everywhere that something could be: each account in each region. */
function placesOf(program: Program, seed: Seed): readonly Place[] {
  const stacks = program.stacks.map((stack) => placeIn(program, stack));
  const keys = seed.keys.map((arn) => placeOfKey(arn).place);
  const accounts = new Set([...stacks, ...keys].map(({ account }) => account));
  const replicas = program.stacks.flatMap(({ replicaEnvironments }) => replicaEnvironments);
  const regions = new Set([...stacks, ...keys, ...replicas].map(({ region }) => region ?? ''));
  return [...accounts].flatMap((account) => [...regions].map((region) => ({ account, region })));
}

/** Names that are the same in every deployment: those of what was there before, and those that the project gives. */
function givenNames(program: Program, seed: Seed): (idOrArn: string) => boolean {
  const given = new Set([...seed.principals.map(({ arn }) => arn), ...seed.keys.map((arn) => placeOfKey(arn).id)]);
  const fixed = new Set(program.stacks.flatMap((stack) => fixedNames(program, stack)));
  return (idOrArn) => given.has(idOrArn) || fixed.has(idOrArn.split(':').slice(4).join(':'));
}

/** `111122223333:role/Worker`. */
function fixedNames(program: Program, stack: Stack): readonly string[] {
  return stack.resources.flatMap((resource) =>
    'physicalName' in resource && resource.physicalName !== undefined
      ? [`${placeIn(program, stack).account}:${resource.kind}/${resource.physicalName}`]
      : [],
  );
}

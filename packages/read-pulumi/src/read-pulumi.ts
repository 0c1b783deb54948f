import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Resource, Stack } from '@keywright/core/ir/program';
import type { Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { type Candidate, candidatesIn } from './candidates.ts';
import {
  foldedPolicy,
  inComponent,
  nothingToRead,
  ofOtherProvider,
  optionStays,
  severalPlaces,
} from './diagnostics.ts';
import { type ExportedResource, type ExportFile, parseExport } from './export-file.ts';
import { Fields, labelOf } from './fields.ts';
import { type Identity, identify } from './identify.ts';
import { membersOf } from './members.ts';
import { stackName } from './names.ts';
import { namesOfPlans, type PlanNames } from './naming.ts';
import { isNative } from './native.ts';
import { outputsLeftOut, outputsOf, withOutputsOnce } from './outputs.ts';
import { environmentOf, keyIdOf, type Member, plainText, planStacks, type StackPlan } from './plan.ts';
import { createReferences, type Target } from './references.ts';
import { readResource } from './resources.ts';

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/**
 * Reads the text of `pulumi stack export`. Returns its keys with their aliases, grants, policies and principals, as one stack of the
 * program for each account and region that has keys. Never throws: anything that cannot be read is left out, and a diagnostic says why.
 */
export function readPulumi(file: SourceFile): Reading {
  const collector = createCollector();
  const exported = collector.take(parseExport(file));
  // Never shows a line of an export, which may contain decrypted secrets and is often a single line.
  const sources = new Map<string, SourceFile>();
  if (exported === undefined) {
    const program = { app: 'pulumi', stacks: [] };
    return { program, origins: new Map(), leftOut: [], diagnostics: collector.diagnostics, sources };
  }
  const { candidates, leftOut, providers } = collector.take(candidatesIn(exported));
  const failed = new Set<ExportedResource>();
  let attempt = readAll(exported, candidates, providers, failed);
  collector.add(...attempt.diagnostics);
  // Each attempt leaves out what failed before, so that references to it keep the ARN as text.
  while (attempt.failed.length > 0) {
    for (const one of attempt.failed) failed.add(one);
    attempt = readAll(exported, candidates, providers, failed);
    collector.add(...attempt.diagnostics);
  }
  const urns = new Set(
    [...attempt.origins.values()].flatMap((origins) => [...origins.values()].map(({ address }) => address)),
  );
  for (const candidate of candidates)
    if (urns.has(candidate.exported.urn)) collector.add(...onlyInPulumi(candidate.exported));
  collector.add(...outputsLeftOut(exported, attempt.stacks));
  const [first] = attempt.stacks;
  if (first !== undefined && attempt.stacks.length > 1) {
    const stacks = attempt.stacks.map(({ name }) => name);
    collector.add(report(severalPlaces, first.span, { stack: exported.stack, stacks }));
  }
  if (attempt.stacks.length === 0 && collector.diagnostics.length === 0) {
    collector.add(report(nothingToRead, { ...nowhere, file: file.path }, { resources: exported.resources.length }));
  }
  return {
    program: { app: stackName(exported.project), stacks: attempt.stacks },
    origins: attempt.origins,
    leftOut,
    diagnostics: collector.diagnostics,
    sources,
  };
}

function onlyInPulumi(exported: ExportedResource): readonly Diagnostic[] {
  const { options, parentType, span } = exported;
  const resource = labelOf(exported);
  return [
    ...(isNative(exported) ? [report(ofOtherProvider, span, { resource })] : []),
    ...(parentType === undefined ? [] : [report(inComponent, span, { resource, parentType })]),
    ...options.map((option) => report(optionStays, option.span, { resource, option: option.name })),
  ];
}

interface Attempt {
  readonly stacks: readonly Stack[];
  readonly origins: ReadonlyMap<string, ReadonlyMap<string, ResourceOrigin>>;
  readonly failed: readonly ExportedResource[];
  readonly diagnostics: readonly Diagnostic[];
}

function readAll(
  file: ExportFile,
  candidates: readonly Candidate[],
  providers: ReadonlyMap<string, ExportedResource>,
  excluded: ReadonlySet<ExportedResource>,
): Attempt {
  const collector = createCollector();
  const included = candidates.filter(({ exported }) => !excluded.has(exported));
  const { members, policies, failed } = collector.take(membersOf(included, providers));
  const plans = planStacks(members);
  const names = namesOfPlans(plans, file.stack, providers);
  const homes = plans.map((plan, index) => ({ ...plan, names: names[index] as PlanNames })); // each plan has names
  const read = homes.map((home) => collector.take(readStack({ file, home, homes, policies })));
  return {
    stacks: withOutputsOnce(read.map(({ stack }) => stack)),
    origins: new Map(read.map(({ stack, origins }) => [stack.name, origins])),
    failed: [...failed, ...read.flatMap(({ unread }) => unread)],
    diagnostics: collector.diagnostics,
  };
}

interface Home extends StackPlan {
  readonly names: PlanNames;
}

interface Source {
  readonly file: ExportFile;
  readonly home: Home;
  readonly homes: readonly Home[];
  /** Maps a key to the resource that sets its policy. */
  readonly policies: ReadonlyMap<Member, ExportedResource>;
}

interface ReadStack {
  readonly stack: Stack;
  /** The origins of resources, by resource id. */
  readonly origins: ReadonlyMap<string, ResourceOrigin>;
  readonly unread: readonly ExportedResource[];
}

function readStack(source: Source): Result<ReadStack> {
  const { file, home, homes } = source;
  const { members, names } = home;
  const environment = environmentOf(home, names.environment);
  const identities = identify(members, names.nameOf, (member) => environmentNameOf(member, source));
  const { value, diagnostics } = readMembers(source, identities);
  const resources = [...value.read.values()];
  const regions = new Set(resources.flatMap((resource) => (resource.kind === 'replicaKey' ? [resource.region] : [])));
  const stack: Stack = {
    // The name that the compiler gives a stack in one of several environments.
    name: stackName(homes.length > 1 ? `${file.project}-${names.environment}` : file.project),
    app: stackName(file.project),
    environment,
    replicaEnvironments: [...regions].sort().map((region) => ({
      ...environment,
      name: nameOfReplicas(region, home, homes),
      region,
    })),
    targets: ['pulumi'],
    resources,
    outputs: outputsOf(file, members, identities, value.read),
    exports: [],
    imports: [],
    dependsOn: [],
    span: members[0]?.exported.span ?? nowhere,
  };
  const origins = new Map([...value.read].map(([member, { id }]) => [id, originOf(member)]));
  return { value: { stack, origins, unread: value.unread }, diagnostics };
}

/** Reads the members of a stack in order. Members that cannot be read are reported and returned in `unread`. */
function readMembers({ home, homes, policies }: Source, identities: ReadonlyMap<Member, Identity>) {
  const collector = createCollector();
  const read = new Map<Member, Resource>();
  const unread: ExportedResource[] = [];
  const referencesAt = createReferences(targetsIn(home.members, identities));
  for (const [position, member] of home.members.entries()) {
    const { exported, kind } = member;
    const identity = identities.get(member);
    const primary = member.key && read.get(member.key);
    // If the primary could not be read, the next attempt reports the replica as one without a primary.
    if (identity === undefined || (kind === 'replicaKey' && primary === undefined)) continue;
    const partition = member.place.partition ?? home.place.partition ?? 'aws';
    const fieldsOf = (resource: ExportedResource) => new Fields(resource, referencesAt(position), partition);
    const fields = fieldsOf(exported);
    const key = member.key && identities.get(member.key);
    const holder = member.holder && identities.get(member.holder);
    const policy = policies.get(member);
    const keyPolicy = policy && fieldsOf(policy);
    const resource = readResource(member, fields, {
      identity,
      ...(key !== undefined && { key }),
      ...(holder !== undefined && { holder }),
      ...(primary !== undefined && { primary }),
      home: home.place,
      environmentName: environmentNameOf(member, { home, homes }),
      // If the Pulumi stack becomes several stacks, Pulumi has none of them yet, so every URN is new.
      keepsName: homes.length === 1,
      ...(keyPolicy !== undefined && { keyPolicy }),
    });
    collector.add(...fields.diagnostics, ...(keyPolicy?.diagnostics ?? []));
    if (resource === undefined) unread.push(exported, ...(policy === undefined ? [] : [policy]));
    else read.set(member, resource);
    if (resource === undefined || policy === undefined) continue;
    const parameters = { resource: labelOf(policy), key: labelOf(exported), urn: policy.urn };
    collector.add(report(foldedPolicy, policy.span, parameters));
  }
  return collector.result({ read, unread });
}

/** Returns the members that the texts of other members can refer to by ARN. */
function targetsIn(members: readonly Member[], identities: ReadonlyMap<Member, Identity>): readonly Target[] {
  return members.flatMap((member, position) => {
    const arn = plainText(member.exported, 'arn');
    const identity = identities.get(member);
    const isTarget = member.kind !== 'sharedParameter' && member.kind !== 'alias';
    return arn === undefined || identity === undefined || !isTarget ? [] : [{ arn, position, id: identity.id }];
  });
}

/** A replica has the environment of its region. */
function environmentNameOf({ place }: Member, { home, homes }: Pick<Source, 'home' | 'homes'>): string {
  return nameOfReplicas(place.region ?? 'replica', home, homes);
}

/**
 * Returns the environment of replicas in a region. It is the environment of another stack in that region. Without such a stack, the name is
 * made from that of the stack's own environment.
 */
function nameOfReplicas(region: string, { place, names: { environment } }: Home, homes: readonly Home[]): string {
  const homeInRegion = homes.find((other) => other.place.account === place.account && other.place.region === region);
  if (homeInRegion !== undefined) return homeInRegion.names.environment;
  const ownRegion = `-${place.region}`;
  const base = environment.endsWith(ownRegion) ? environment.slice(0, -ownRegion.length) : environment;
  return `${base}-${region}`;
}

function originOf(member: Member): ResourceOrigin {
  const physicalId = physicalIdOf(member);
  return { address: member.exported.urn, ...(physicalId !== undefined && { physicalId }) };
}

function physicalIdOf({ exported, kind }: Member): string | undefined {
  switch (kind) {
    case 'key':
    case 'replicaKey':
      return keyIdOf(exported);
    case 'kmsGrant':
      return plainText(exported, 'grantId');
    case 'alias':
    case 'role':
    case 'user':
    case 'group':
    case 'rolePolicy':
    case 'userPolicy':
    case 'groupPolicy':
    case 'sharedParameter':
      return plainText(exported, 'name');
  }
}

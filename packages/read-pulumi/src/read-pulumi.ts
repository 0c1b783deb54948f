/**
 * Reads an export of a Pulumi stack. Takes the text of `pulumi stack export`; returns its keys and what belongs to
 * them, as one stack of the program for each account and region that has keys.
 */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector } from '@keywright/core/diagnostics/result';
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
import { fieldsOf, labelOf } from './fields.ts';
import { identify } from './identify.ts';
import { membersOf } from './members.ts';
import { stackName } from './names.ts';
import { namesOfPlans, type PlanNames } from './naming.ts';
import { isNative } from './native.ts';
import { outputsLeftOut, outputsOf, withOutputsOnce } from './outputs.ts';
import { environmentOf, keyIdOf, type Member, plainText, planStacks, type StackPlan } from './plan.ts';
import { createReferences } from './references.ts';
import { readResource } from './resources.ts';

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Reads one export. Never throws: what cannot be read is left out, and a diagnostic says why. */
export function readPulumi(file: SourceFile): Reading {
  const collector = createCollector();
  const exported = collector.take(parseExport(file));
  // Never show a line of an export: it may contain decrypted secrets, and is often a single line.
  const sources = new Map<string, SourceFile>();
  if (exported === undefined) {
    const program = { app: 'pulumi', stacks: [] };
    return { program, origins: new Map(), leftOut: [], diagnostics: collector.diagnostics, sources };
  }
  const { candidates, leftOut, providers } = candidatesIn(exported, collector);
  const failed = new Set<ExportedResource>();
  let attempt = readAll(exported, candidates, providers, failed);
  collector.add(...attempt.diagnostics);
  // References to an unreadable resource keep its ARN as text.
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

/** Reports the parts of a resource that only Pulumi follows. */
function onlyInPulumi(exported: ExportedResource): readonly Diagnostic[] {
  const { options, parentType, span } = exported;
  const resource = labelOf(exported);
  return [
    ...(isNative(exported) ? [report(ofOtherProvider, span, { resource })] : []),
    ...(parentType === undefined ? [] : [report(inComponent, span, { resource, parentType })]),
    ...options.map((option) => report(optionStays, option.span, { resource, option: option.name })),
  ];
}

function readAll(
  file: ExportFile,
  candidates: readonly Candidate[],
  providers: ReadonlyMap<string, ExportedResource>,
  excluded: ReadonlySet<ExportedResource>,
) {
  const collector = createCollector();
  const failed: ExportedResource[] = [];
  const fail = (exported: ExportedResource) => failed.push(exported);
  const wanted = candidates.filter(({ exported }) => !excluded.has(exported));
  const { members, policies } = membersOf(wanted, providers, collector, fail);
  const plans = planStacks(members);
  const names = namesOfPlans(plans, file.stack, providers);
  const homes = plans.map((plan, index) => ({ ...plan, names: names[index] as PlanNames })); // each plan has names
  const stacks: Stack[] = [];
  const origins = new Map<string, ReadonlyMap<string, ResourceOrigin>>();
  for (const home of homes) {
    const { stack, originsOf, unread, diagnostics } = readStack(file, home, homes, policies);
    collector.add(...diagnostics);
    failed.push(...unread);
    stacks.push(stack);
    origins.set(stack.name, originsOf);
  }
  return { stacks: withOutputsOnce(stacks), origins, failed, diagnostics: collector.diagnostics };
}

interface Home extends StackPlan {
  readonly names: PlanNames;
}

function readStack(
  file: ExportFile,
  plan: Home,
  homes: readonly Home[],
  policies: ReadonlyMap<Member, ExportedResource>,
) {
  const collector = createCollector();
  const unread: ExportedResource[] = [];
  const { members, place: home } = plan;
  const isOneOfSeveral = homes.length > 1;
  const environmentName = plan.names.environment;
  const environment = environmentOf(plan, environmentName);
  const replicaEnvironment = (region: string) => ({
    ...environment,
    name: nameOfReplicas(region, plan, homes),
    region,
  });
  const environmentNameOf = ({ place }: Member) => replicaEnvironment(place.region ?? 'replica').name;
  const identities = identify(members, plan.names.nameOf, environmentNameOf);
  const targets = members.flatMap((member, position) => {
    const arn = plainText(member.exported, 'arn');
    const identity = identities.get(member);
    return arn === undefined || identity === undefined || member.kind === 'sharedParameter'
      ? []
      : [{ arn, position, id: identity.id, kind: member.kind }];
  });
  const inPolicies = createReferences(targets.filter(({ kind }) => kind !== 'alias'));
  const read = new Map<Member, Resource>();
  const originsOf = new Map<string, ResourceOrigin>();
  for (const [position, member] of members.entries()) {
    const identity = identities.get(member);
    if (identity === undefined) continue;
    const { exported } = member;
    const partition = member.place.partition ?? home.partition ?? 'aws';
    const fields = (of: ExportedResource) => fieldsOf(of, inPolicies(position), partition, collector);
    const key = member.key && identities.get(member.key);
    const holder = member.holder && identities.get(member.holder);
    const primary = member.key && read.get(member.key);
    // The primary could not be read: on the next attempt the replica counts as one without a primary, which is
    // reported.
    if (member.kind === 'replicaKey' && primary === undefined) continue;
    const policy = policies.get(member);
    const resource = readResource(member, fields(exported), {
      identity,
      ...(key !== undefined && { key }),
      ...(holder !== undefined && { holder }),
      ...(primary !== undefined && { primary }),
      home,
      environmentName: environmentNameOf(member),
      // If the Pulumi stack becomes several stacks, Pulumi has none of them yet, so every URN is new.
      keepsName: !isOneOfSeveral,
      ...(policy !== undefined && { keyPolicy: fields(policy) }),
      collector,
    });
    if (resource === undefined) {
      unread.push(exported, ...(policy === undefined ? [] : [policy]));
      continue;
    }
    read.set(member, resource);
    if (policy !== undefined) {
      const parameters = { resource: labelOf(policy), key: labelOf(exported), urn: policy.urn };
      collector.add(report(foldedPolicy, policy.span, parameters));
    }
    const physicalId = physicalIdOf(member);
    originsOf.set(resource.id, { address: exported.urn, ...(physicalId !== undefined && { physicalId }) });
  }
  const resources = [...read.values()];
  const regions = [
    ...new Set(resources.flatMap((resource) => (resource.kind === 'replicaKey' ? [resource.region] : []))),
  ];
  const [first] = members;
  const stack: Stack = {
    // The name that the compiler gives a stack in one of several environments.
    name: stackName(isOneOfSeveral ? `${file.project}-${environmentName}` : file.project),
    app: stackName(file.project),
    environment,
    replicaEnvironments: regions.sort().map(replicaEnvironment),
    targets: ['pulumi'],
    resources,
    outputs: outputsOf(file, members, identities, read),
    exports: [],
    imports: [],
    dependsOn: [],
    span: first?.exported.span ?? nowhere,
  };
  return { stack, originsOf, unread, diagnostics: collector.diagnostics };
}

/** The name of the environment of a stack's replicas in a region: that of the stack there, or one made from the stack's own. */
function nameOfReplicas(region: string, { place, names: { environment } }: Home, homes: readonly Home[]): string {
  const there = homes.find((other) => other.place.account === place.account && other.place.region === region);
  if (there !== undefined) return there.names.environment;
  const ownRegion = `-${place.region}`;
  const base = environment.endsWith(ownRegion) ? environment.slice(0, -ownRegion.length) : environment;
  return `${base}-${region}`;
}

/** A resource's name in KMS, IAM or SSM. */
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

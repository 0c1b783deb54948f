/**
 * Reads an export of a Pulumi stack. Takes the text of `pulumi stack export`; returns its keys and what belongs to
 * them, as one stack of the program for each account and region that has keys.
 */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Collector, createCollector } from '@keywright/core/diagnostics/result';
import { concatAll, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import type { Output, Resource, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile, Span } from '@keywright/core/source/span';
import {
  foldedPolicy,
  inComponent,
  malformedEntry,
  nothingToRead,
  ofOtherProvider,
  optionStays,
  outputLeftOut,
  policyWithoutKey,
  primaryElsewhere,
  severalPlaces,
  unfinished,
  unreadType,
} from './diagnostics.ts';
import { type ExportedResource, type ExportFile, parseExport } from './export-file.ts';
import { fieldsOf, labelOf } from './fields.ts';
import { type Identity, identify } from './identify.ts';
import { hasOnlyReadInputs } from './inputs.ts';
import { stackName } from './names.ts';
import { namesOfPlans, type PlanNames } from './naming.ts';
import { asInAwsProvider, isNative } from './native.ts';
import {
  environmentOf,
  indexKeys,
  keyIdOf,
  type Member,
  placeOf,
  plainText,
  planStacks,
  type StackPlan,
} from './plan.ts';
import { createReferences, referenceTo } from './references.ts';
import { isBetweenStacks, readResource } from './resources.ts';
import { declaresKeys, type Kind, kindOf } from './types.ts';
import { isEncrypted } from './value.ts';

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Reads one export. Never throws: what cannot be read is left out, and a diagnostic says why. */
export function readPulumi(file: SourceFile): Reading {
  const collector = createCollector();
  const exported = collector.take(parseExport(file));
  // Never show a line of an export: it may contain decrypted secrets, and is often a single line.
  const sources = new Map<string, SourceFile>();
  if (exported === undefined) {
    const program = { app: 'pulumi', stacks: [] };
    return { program, origins: new Map(), leftOut: [], ...collector.result(undefined), sources };
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
  if (attempt.stacks.length === 0 && collector.result(undefined).diagnostics.length === 0) {
    collector.add(report(nothingToRead, { ...nowhere, file: file.path }, { resources: exported.resources.length }));
  }
  return {
    program: { app: stackName(exported.project), stacks: attempt.stacks },
    origins: attempt.origins,
    leftOut,
    diagnostics: collector.result(undefined).diagnostics,
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

interface Candidate {
  readonly exported: ExportedResource;
  readonly kind: Kind;
}

/** Separates the resources whose types are read and whose state matches AWS from the others. */
function candidatesIn({ resources, outputs, pending }: ExportFile, collector: Collector) {
  const candidates = new Map<string, Candidate>();
  const leftOut: LeftOut[] = [];
  const providers = new Map<string, ExportedResource>();
  const operations = new Set(pending.flatMap(({ urn, operation }) => (operation === 'reading' ? [] : [urn])));
  for (const { urn, type, operation, span } of pending) {
    // Reading changes nothing.
    if (kindOf(type) === undefined || operation === 'reading') continue;
    const resource = labelOf({ type, name: urn.split('::').slice(3).join('::') });
    const advice = 'check whether it happened, run `pulumi refresh`, and export the stack again';
    collector.add(report(unfinished, span, { resource, state: `in the middle of ${operation}`, advice }));
  }
  for (const exported of resources.map(asInAwsProvider)) {
    const { urn, type, span, isCustom, isExternal, isReplaced } = exported;
    if (type.startsWith('pulumi:providers:')) providers.set(urn, exported);
    if (!isCustom || isExternal || type.startsWith('pulumi:')) continue;
    const kind = kindOf(type);
    const resource = labelOf(exported);
    if (kind === undefined || !isRead(exported, kind, outputs)) {
      leftOut.push({ type, address: urn, span });
      if (declaresKeys(type)) collector.add(report(unreadType, span, { resource, type }));
    } else if (isReplaced) {
      // Its replacement has the same URN and is read.
      if (kind !== 'key' && kind !== 'replicaKey') continue;
      const advice = 'the next `pulumi up` deletes the old key: make sure that nothing needs it, then export again';
      const state = `replaced, and its old key ${keyIdOf(exported) ?? ''} is still to be deleted`;
      collector.add(report(unfinished, span, { resource, state, advice }));
    } else if (exported.trouble !== undefined) {
      const advice = 'finish it with `pulumi up`, or run `pulumi refresh`, and export the stack again';
      collector.add(report(unfinished, span, { resource, state: exported.trouble, advice }));
    } else if (candidates.has(urn)) {
      collector.add(report(malformedEntry, span, { problem: `there are two resources with the URN ${urn}` }));
    } else if (!operations.has(urn)) {
      candidates.set(urn, { exported, kind });
    }
  }
  return { candidates: [...candidates.values()], leftOut, providers };
}

/**
 * Whether Keywright can express all of a principal or parameter. Others stay outside the program and are referred to by
 * ARN.
 */
function isRead(exported: ExportedResource, kind: Kind, stackOutputs: ExportFile['outputs']): boolean {
  const { inputs, outputs } = exported;
  switch (kind) {
    case 'sharedParameter':
      return (
        plainText(exported, 'type') === 'String' &&
        hasOnlyReadInputs(exported, 'parameter') &&
        // The provider marks every value as secret. Only `--show-secrets` shows the key it belongs to.
        !isEncrypted(outputs.value ?? inputs.value) &&
        (isBetweenStacks(plainText(exported, 'name')) || holdsOutput(exported, stackOutputs))
      );
    case 'role':
    case 'user':
    case 'group': {
      const hasOwnPath = (outputs.path ?? inputs.path ?? '/') !== '/';
      const hasOwnDuration = (inputs.maxSessionDuration ?? 3600) !== 3600;
      return !hasOwnPath && !hasOwnDuration && hasOnlyReadInputs(exported, 'principal');
    }
    default:
      return true;
  }
}

/** Whether the Pulumi stack has an output with the name and the value of a parameter. */
function holdsOutput(exported: ExportedResource, stackOutputs: ExportFile['outputs']): boolean {
  const value = plainText(exported, 'value');
  return value !== undefined && stackOutputs.some((output) => output.name === exported.name && output.value === value);
}

/** The order in which resources are created: referenced ones first. */
const ranks: Readonly<Record<Member['kind'], number>> = {
  role: 0,
  user: 0,
  group: 0,
  key: 1,
  replicaKey: 2,
  alias: 3,
  rolePolicy: 4,
  userPolicy: 4,
  groupPolicy: 4,
  kmsGrant: 5,
  sharedParameter: 6,
};

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
    const { stack, originsOf } = readStack(file, home, homes, policies, collector, fail);
    stacks.push(stack);
    origins.set(stack.name, originsOf);
  }
  return { stacks: withOutputsOnce(stacks), origins, failed, diagnostics: collector.result(undefined).diagnostics };
}

/**
 * Puts an output into each stack that has a key that the output names, or a parameter with its value; an output about
 * none of the keys read, into the first stack.
 */
function withOutputsOnce(stacks: readonly Stack[]): readonly Stack[] {
  const isOf = ({ resources }: Stack, { name, value }: Output) =>
    value.kind !== 'literal' || resources.some((one) => one.kind === 'sharedParameter' && one.output === name);
  const placed = new Set(
    stacks.flatMap((stack) => stack.outputs.flatMap((output) => (isOf(stack, output) ? [output.name] : []))),
  );
  return stacks.map((stack, at) => ({
    ...stack,
    outputs: stack.outputs.filter((output) => isOf(stack, output) || (at === 0 && !placed.has(output.name))),
  }));
}

/** Candidates with what they belong to, in order of creation, and the resources that set key policies. */
function membersOf(
  candidates: readonly Candidate[],
  providers: ReadonlyMap<string, ExportedResource>,
  collector: Collector,
  fail: (exported: ExportedResource) => void,
) {
  const policies = new Map<Member, ExportedResource>();
  const placed = candidates.map(({ exported, kind }) => ({ exported, kind, place: placeOf(exported, providers) }));
  const ofKind = (...kinds: readonly Kind[]) =>
    placed.flatMap(({ kind, ...rest }): Member[] =>
      kind !== 'keyPolicy' && kinds.includes(kind) ? [{ kind, ...rest }] : [],
    );
  const primaries = ofKind('key');
  const keys = indexKeys(primaries);
  const replicas = ofKind('replicaKey').flatMap((replica): Member[] => {
    const primary = plainText(replica.exported, 'primaryKeyArn');
    const key = keys.find(primary, undefined);
    if (key !== undefined) return [{ ...replica, key }];
    const resource = labelOf(replica.exported);
    collector.add(report(primaryElsewhere, replica.exported.span, { resource, primary: primary ?? 'an unknown key' }));
    fail(replica.exported);
    return [];
  });
  const allKeys = indexKeys([...primaries, ...replicas]);
  for (const { exported, kind, place } of placed) {
    if (kind !== 'keyPolicy') continue;
    const keyId = plainText(exported, 'keyId');
    const key = allKeys.find(keyId, place.region);
    const problem =
      key === undefined
        ? `its key ${keyId ?? ''} is not read from this export`
        : policies.has(key)
          ? `${labelOf(key.exported)} already has another one`
          : undefined;
    if (key !== undefined && problem === undefined) policies.set(key, exported);
    if (problem === undefined) continue;
    collector.add(report(policyWithoutKey, exported.span, { resource: labelOf(exported), problem }));
    fail(exported);
    if (key !== undefined) fail(key.exported);
  }
  const attached = ofKind('alias', 'kmsGrant').map((member): Member => {
    const { exported, place } = member;
    const property = member.kind === 'alias' ? 'targetKeyId' : 'keyId';
    const texts = ['targetKeyArn', property].map((name) => plainText(exported, name));
    const key = texts.map((text) => allKeys.find(text, place.region)).find((one) => one !== undefined);
    return key === undefined ? member : { ...member, key };
  });
  const principals = ofKind('role', 'user', 'group');
  const principalNames = new Map(
    principals.map((principal) => [`${principal.kind} ${plainText(principal.exported, 'name')}`, principal]),
  );
  const inline = ofKind('rolePolicy', 'userPolicy', 'groupPolicy').map((member): Member => {
    const entity = member.kind.slice(0, -'Policy'.length);
    const holder = principalNames.get(`${entity} ${plainText(member.exported, entity)}`);
    return holder === undefined ? member : { ...member, holder };
  });
  const members = [...principals, ...primaries, ...replicas, ...attached, ...inline, ...ofKind('sharedParameter')].sort(
    (one, other) => ranks[one.kind] - ranks[other.kind],
  );
  return { members, policies };
}

interface Home extends StackPlan {
  readonly names: PlanNames;
}

function readStack(
  file: ExportFile,
  plan: Home,
  homes: readonly Home[],
  policies: ReadonlyMap<Member, ExportedResource>,
  collector: Collector,
  fail: (exported: ExportedResource) => void,
) {
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
      fail(exported);
      if (policy !== undefined) fail(policy);
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
  return { stack, originsOf };
}

/** The environment of a stack's replicas in a region: that of another stack, or one named like the stack's own. */
function nameOfReplicas(region: string, { place, names: { environment } }: Home, homes: readonly Home[]): string {
  const there = homes.find((other) => other.place.account === place.account && other.place.region === region);
  if (there !== undefined) return there.names.environment;
  const ownRegion = `-${place.region}`;
  const base = environment.endsWith(ownRegion) ? environment.slice(0, -ownRegion.length) : environment;
  return `${base}-${region}`;
}

/** The outputs of the Pulumi stack that are an ARN, id or name of something read, or text with the ARN of a key. */
function outputsOf(
  file: ExportFile,
  members: readonly Member[],
  identities: ReadonlyMap<Member, Identity>,
  read: ReadonlyMap<Member, Resource>,
): readonly Output[] {
  const references = new Map<string, Reference>();
  const add = (text: string | undefined, reference: Reference) => {
    // A replica shares its primary's id; the primary comes first.
    if (text !== undefined && !references.has(text)) references.set(text, reference);
  };
  for (const member of members) {
    const identity = identities.get(member);
    const { exported, kind } = member;
    if (identity === undefined || !read.has(member)) continue;
    if (kind !== 'key' && kind !== 'replicaKey' && kind !== 'alias') continue;
    add(plainText(exported, 'arn'), referenceTo(identity.id, 'arn'));
    if (kind === 'alias') add(plainText(exported, 'name'), referenceTo(identity.id, 'name'));
    else add(keyIdOf(exported), referenceTo(identity.id, 'id'));
  }
  return file.outputs.flatMap(({ name, value, span }): readonly Output[] => {
    if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(name)) return [];
    const reference = references.get(value) ?? withArns(value, references);
    return reference === undefined ? [] : [{ name, value: reference, source: { span } }];
  });
}

/**
 * A text with references in place of the ARNs of keys and aliases that are read; other ARNs stay text. `undefined` for
 * a text without such ARNs.
 */
function withArns(text: string, references: ReadonlyMap<string, Reference>): Expression | undefined {
  const parts: Expression[] = [];
  let last = 0;
  for (const { 0: arn, index } of text.matchAll(/\barn:[a-z-]+:kms:[a-z0-9-]*:\d*:[\w/-]+/g)) {
    parts.push(literal(text.slice(last, index)), references.get(arn) ?? literal(arn));
    last = index + arn.length;
  }
  return parts.length === 0 ? undefined : concatAll([...parts, literal(text.slice(last))]);
}

/** Reports the outputs about keys that no stack has. */
function outputsLeftOut({ outputs }: ExportFile, stacks: readonly Stack[]): readonly Diagnostic[] {
  const kept = new Set(stacks.flatMap((stack) => stack.outputs.map(({ name }) => name)));
  return outputs
    .filter(({ name, value }) => !kept.has(name) && /\barn:[a-z-]+:kms:/.test(JSON.stringify(value)))
    .map(({ name, span }) => report(outputLeftOut, span, { name }));
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

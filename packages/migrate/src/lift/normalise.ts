import { labelInStack } from '@keywright/core/changes/addresses';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import { statementText } from '@keywright/core/emit/policy-tree';
import { type Expression, literal } from '@keywright/core/ir/expression';
import { formatArn } from '@keywright/core/ir/format-arn';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Environment, KmsGrant, Program, Resource, Stack } from '@keywright/core/ir/program';
import type { MovedDefinition } from '@keywright/core/language/change';
import { dropDuplicates } from '@keywright/core/policy/minimize';
import type { Reading } from '@keywright/core/reading/reader';
import { placeOf } from '@keywright/core/resolve/place';
import { nameCannotBeKept, policyBecomesPart, saidTwice } from './diagnostics.ts';
import { withKnownPlace } from './meaning/known-places.ts';
import { policyEntryNames } from './raw/policy-entry-names.ts';
import { withoutPins } from './raw/without-pins.ts';

export interface Normalised {
  readonly program: Program;
  /** The position of each statement in its policy in the source, counted from 1. */
  readonly positions: ReadonlyMap<Statement, number>;
  /** The entries of `moved` that let tools find resources that cannot keep their addresses. */
  readonly moved: readonly MovedAddress[];
  readonly findings: readonly Finding[];
}

/** A diagnostic about a resource of a stack. It is dropped if the resource is left out. */
export interface Finding {
  readonly stack: string;
  readonly id: string;
  readonly diagnostic: Diagnostic;
}

export interface MovedAddress {
  readonly stack: string;
  readonly id: string;
  readonly definition: MovedDefinition;
}

/**
 * Turns a program into one that a project can compile to. Names each known environment, and fills in the known account, region and
 * partition. Drops repeated statements (KW8203), and names that the target cannot be made to use (KW8202); if possible, such a name becomes
 * an entry of `moved`.
 */
export function normalise(
  program: Program,
  targets: readonly Target<unknown>[],
  origins: Reading['origins'] = new Map(),
): Normalised {
  const findings: Finding[] = [];
  const find = (stack: Stack, { id }: Resource, diagnostic: Diagnostic): void => {
    findings.push({ stack: stack.name, id, diagnostic });
  };
  const positions = new Map<Statement, number>();
  const nameOf = createEnvironmentNames(program);
  const named = (environment: Environment): Environment => {
    const { account, region } = environment;
    if (account === undefined || region === undefined) return {};
    return { ...environment, name: nameOf(environment) };
  };
  const moved: MovedAddress[] = [];
  const pinnable = (resource: Resource, stack: Stack, taken: ReadonlyMap<string, Set<string>>): Resource => {
    const isFormerOfOthers = (name: string) =>
      [...(origins.get(stack.name) ?? [])].some(([id, { former = [] }]) => id !== resource.id && former.includes(name));
    const names = Object.entries(resource.names).flatMap(([name, pinned]): (readonly [string, string])[] => {
      const target = targets.find((one) => one.name === name);
      if (target === undefined || !stack.targets.includes(name)) return [];
      if (target.pinnedName.pattern.test(pinned)) return [[name, pinned]];
      const { becomes, pin } = freeName(target, resource, stack, taken.get(name) ?? new Set(), isFormerOfOthers);
      const to = labelInStack(resource, stack);
      const canMove = to !== undefined && target.movedFrom?.(pinned, resource) === 'renamed';
      if (canMove)
        moved.push({ stack: stack.name, id: resource.id, definition: { from: `${target.title}: ${pinned}`, to } });
      const { rule } = target.pinnedName;
      const parameters = { what: `\`${resource.id}\``, target: target.title, name: pinned, becomes, rule, canMove };
      find(stack, resource, report(nameCannotBeKept, resource.source.span, parameters));
      return pin === undefined ? [] : [[name, pin]];
    });
    return { ...resource, names: Object.fromEntries(names) };
  };
  const movedInto = (resource: Resource, stack: Stack): void => {
    const to = labelInStack(resource, stack);
    const { former = [], parts = [] } = origins.get(stack.name)?.get(resource.id) ?? {};
    const addresses = [
      ...former.map((address) => ({ address, how: 'renamed' })),
      ...parts.map((address) => ({ address, how: 'part' })),
    ];
    for (const { address, how } of addresses) {
      for (const target of targets) {
        if (to === undefined || !stack.targets.includes(target.name)) continue;
        if (target.movedFrom?.(address, resource) !== how) continue;
        moved.push({ stack: stack.name, id: resource.id, definition: { from: `${target.title}: ${address}`, to } });
        if (how === 'part')
          find(stack, resource, report(policyBecomesPart, resource.source.span, { address, key: to }));
      }
    }
  };
  const saidOnce = (resource: Resource, stack: Stack): Resource => {
    for (const { statements } of policiesOf(resource)) {
      const kept = new Set(dropDuplicates(statements));
      const count = statements.length - kept.size;
      if (count > 0)
        find(stack, resource, report(saidTwice, resource.source.span, { what: `\`${resource.id}\``, count }));
    }
    return withPolicies(resource, ({ statements, ...rest }) => {
      const distinct = statements.map(withDistinctPrincipals);
      const kept = dropDuplicates(distinct);
      kept.forEach((statement, index) => {
        const isWhole = kept.length === distinct.length;
        positions.set(statement, 1 + (isWhole ? index : distinct.findIndex((one) => saysTheSame(one, statement))));
      });
      return { ...rest, statements: kept };
    });
  };
  const stacks = program.stacks.map((read) => {
    const environment = named(read.environment);
    const stack = {
      ...read,
      environment,
      replicaEnvironments: read.replicaEnvironments.map(named),
      resources: withDistinctPolicies(read, withDistinctGrants(read.resources)),
    };
    for (const resource of stack.resources) movedInto(resource, stack);
    const taken = keptNames(stack, targets);
    const resources = stack.resources.map((resource) =>
      saidOnce(pinnable(withKnownPlace(withWholeArns(resource), stack, resource), stack, taken), stack),
    );
    return { ...stack, resources, outputs: withKnownPlace(stack.outputs, stack) };
  });
  return { program: { ...program, stacks }, positions, moved, findings };
}

/**
 * Gives each KMS grant that has no name in KMS a name that no other grant on its key has. Only the grant's entry in the YAML uses the name.
 */
function withDistinctGrants(resources: readonly Resource[]): readonly Resource[] {
  const identityOfGrant = ({ key, region }: KmsGrant, name: string) => JSON.stringify([key, region, name]);
  const taken = new Set(
    resources.flatMap((one) => (one.kind === 'kmsGrant' && one.named ? [identityOfGrant(one, one.name)] : [])),
  );
  return resources.map((one) => {
    if (one.kind !== 'kmsGrant' || one.named) return one;
    let { name } = one;
    for (let count = 2; taken.has(identityOfGrant(one, name)); count += 1) name = `${one.name}-${count}`;
    taken.add(identityOfGrant(one, name));
    return { ...one, name };
  });
}

/**
 * Names each identity policy after its entry, so that two policies on one holder get different names in a tool that does not have them yet.
 */
function withDistinctPolicies(read: Stack, resources: readonly Resource[]): readonly Resource[] {
  const names = policyEntryNames({ ...read, resources: [...resources] });
  return resources.map((one) => (one.kind === 'identityPolicy' ? { ...one, name: names.get(one) ?? one.name } : one));
}

/**
 * Replaces the key's id in an alias or KMS grant by the key's ARN. The key is in another stack, or in no stack but in the same account and
 * region. For KMS, the id and the ARN mean the same.
 */
function withWholeArns(resource: Resource): Resource {
  switch (resource.kind) {
    case 'alias':
      return { ...resource, target: wholeArn(resource.target) };
    case 'kmsGrant':
      return { ...resource, key: wholeArn(resource.key) };
    default:
      return resource;
  }
}

function wholeArn(key: Expression): Expression {
  if (key.kind === 'literal' && keyId.test(key.text)) return formatArn(placeOf({}), 'kms', literal(`key/${key.text}`));
  if (key.kind !== 'crossStack') return key;
  return { ...key, export: key.export.replace(/^(keys\..+)\.id$/, '$1.arn') };
}

/** A key id, not an ARN; ids of multi-Region keys start with `mrk-`. */
const keyId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** Maps a target to the names of those resources that can keep their names in it. */
function keptNames(stack: Stack, targets: readonly Target<unknown>[]): ReadonlyMap<string, Set<string>> {
  const used = targets.filter(({ name }) => stack.targets.includes(name));
  return new Map(
    used.map((target) => {
      const kept = stack.resources.filter(({ names }) => target.pinnedName.pattern.test(names[target.name] ?? 'a'));
      return [target.name, new Set(kept.map((one) => target.nameOf(one, stack)))];
    }),
  );
}

/**
 * Returns a target's name for a resource that cannot keep its own name, and adds it to `taken`. Also returns a pin if another resource has
 * the default name, or had it before: without the pin, Terraform would take the two resources for one, and destroy one of them.
 */
function freeName(
  target: Target<unknown>,
  resource: Resource,
  stack: Stack,
  taken: Set<string>,
  isFormerOfOthers: (name: string) => boolean,
) {
  const called = (named: Resource) => {
    const resources = stack.resources.map((one) => (one.id === resource.id ? named : one));
    return target.nameOf(named, { ...stack, resources });
  };
  const unpinned = withoutPins(resource);
  const standard = called(unpinned);
  let becomes = standard;
  let pin: string | undefined;
  for (let count = 2; taken.has(becomes) || isFormerOfOthers(becomes); count += 1) {
    pin = `${standard.replace(/^.*(?:::|\.)/s, '')}${count}`;
    becomes = called({ ...unpinned, names: { [target.name]: pin } });
  }
  taken.add(becomes);
  return { becomes, pin };
}

function withPolicies(resource: Resource, change: (document: PolicyDocument) => PolicyDocument): Resource {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return { ...resource, policy: change(resource.policy) };
    case 'role':
      return { ...resource, assumeRolePolicy: change(resource.assumeRolePolicy) };
    case 'identityPolicy':
      return { ...resource, document: change(resource.document) };
    case 'alias':
    case 'user':
    case 'group':
    case 'kmsGrant':
    case 'sharedParameter':
      return resource;
  }
}

function saysTheSame(one: Statement, other: Statement): boolean {
  return statementText(one) === statementText(other);
}

function withDistinctPrincipals(statement: Statement): Statement {
  const { principals, notPrincipals } = statement;
  const distinct = (all: readonly PolicyPrincipal[]) => [
    ...new Map(all.map((principal) => [JSON.stringify(principal), principal])).values(),
  ];
  return {
    ...statement,
    ...(principals !== undefined && { principals: distinct(principals) }),
    ...(notPrincipals !== undefined && { notPrincipals: distinct(notPrincipals) }),
  };
}

/**
 * Returns a function that names environments. An environment without a name is named after its region and, if several accounts use that
 * region, its account.
 */
function createEnvironmentNames(program: Program): (environment: Environment) => string {
  const all = program.stacks.flatMap(({ environment, replicaEnvironments }) => [environment, ...replicaEnvironments]);
  const taken = new Set(all.flatMap(({ name }) => name ?? []));
  const names = new Map<string, string>();
  return ({ name, account = '', region = '' }) => {
    if (name !== undefined) return name;
    const place = `${account} ${region}`;
    const existing = names.get(place);
    if (existing !== undefined) return existing;
    const accounts = new Set(all.flatMap((one) => (one.region === region ? [one.account] : [])));
    const candidate = accounts.size > 1 ? `${region}-${account}` : region;
    let chosen = candidate;
    for (let count = 2; taken.has(chosen); count += 1) chosen = `${candidate}-${count}`;
    taken.add(chosen);
    names.set(place, chosen);
    return chosen;
  };
}

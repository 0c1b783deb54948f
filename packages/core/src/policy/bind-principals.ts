import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { roleOfAwsWithoutPath } from '../diagnostics/policy.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { type Expression, literal } from '../ir/expression.ts';
import { servicePrincipalHost } from '../kms/services/principal-host.ts';
import type { InlinePrincipal, PrincipalOfInstance, PrincipalReference } from '../language/principal.ts';
import { elements, type Located, property, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { CreatedModel, StackModel } from '../resolve/model.ts';
import { accountRoot, type Place } from '../resolve/place.ts';
import { arnIsOfSomewhere, partitionOfArn, principalIsOfPartition } from '../resolve/places-exist.ts';
import { findStack } from '../resolve/resolve-stacks.ts';
import type { Span } from '../source/span.ts';
import type { Grantee } from './grantee.ts';
import { principalHasNoWildcard } from './principal-wildcards.ts';
import { serviceIsNamedRight } from './service-hosts.ts';

/** Where names of principals are looked up. */
export interface PrincipalScope {
  readonly principals: Project['principals'];
  readonly environments: Project['environments'];
  readonly stacks: readonly StackModel[];
  /** The names of what names others, groups (`anyOf`) and principals of stacks, where something means them: the rest is checked by itself. */
  readonly usedNames: Set<string>;
  /** The regions there are. */
  readonly regions: ReadonlySet<string>;
}

/**
 * The grantees that references mean, seen from a stack; `anyOf` becomes its members. `place` is what `${account}` and its
 * like stand for; `keyPlace`, where that is another one, is where the key lives, and the services that use it. An unknown
 * name is KW2003, an `anyOf` that contains itself KW2004; both are left out.
 */
export function bindPrincipals(
  references: readonly Located<PrincipalReference>[],
  stack: StackModel,
  place: Place,
  scope: PrincipalScope,
  diagnostics: Diagnostic[],
  keyPlace: Place = place,
): readonly Grantee[] {
  const bound: Grantee[] = [];
  // Groups are gone through with a list of those that are open rather than by recursion, and each once: they can be
  // nested as deep as there are groups, and each can name the one before it many times.
  const open: { readonly group: string; readonly members: readonly Located<PrincipalReference>[]; next: number }[] = [];
  const done = new Set<string>();
  const bind = (reference: Located<PrincipalReference>, span: Span): void => {
    const { value } = reference;
    const add = (grantee: Grantee) => {
      for (const of of partitionsOf(grantee, scope)) {
        diagnostics.push(...principalIsOfPartition({ value: grantee.label, span }, of, keyPlace.partition));
      }
      bound.push({ ...grantee, span });
    };
    if (typeof value !== 'string' && 'stack' in value) {
      const created = findInInstance(retyped(reference, value), stack, scope, diagnostics);
      if (created !== undefined)
        add({ kind: 'created', created, label: `${created.stack.name}.${created.name}`, span });
      return;
    }
    if (typeof value !== 'string') {
      add(bindInline(retyped(reference, value), undefined, place, keyPlace, scope.regions, diagnostics));
      return;
    }
    const created = findCreated(retyped(reference, value), stack, scope, diagnostics);
    if (created === 'reported') return;
    if (created !== undefined) {
      add({ kind: 'created', created, label: value, span });
      return;
    }
    const named = scope.principals.get(value);
    if (named === undefined && value === everyoneInAccount) {
      add(everyoneIn(keyPlace, span));
      return;
    }
    if (named === undefined) {
      const candidates = [...stack.created.keys(), ...scope.principals.keys()];
      diagnostics.push(report(unknownName, reference.span, { kind: 'principal', name: value, candidates }));
      return;
    }
    if ('stack' in named.value) {
      scope.usedNames.add(value);
      const created = findInInstance(retyped(named, named.value), stack, scope, diagnostics);
      if (created !== undefined) add({ kind: 'created', created, label: value, span });
      return;
    }
    if (!('anyOf' in named.value)) {
      add(bindInline(retyped(named, named.value), value, place, keyPlace, scope.regions, diagnostics));
      return;
    }
    if (done.has(value)) {
      const start = open.findIndex(({ group }) => group === value);
      if (start < 0) return;
      const cycle = [...open.slice(start).map(({ group }) => group), value];
      diagnostics.push(report(cyclicDefinition, reference.span, { kind: 'principal', cycle }));
      return;
    }
    done.add(value);
    scope.usedNames.add(value);
    const anyOf = property<{ anyOf: PrincipalReference[] }, 'anyOf'>(retyped(named, named.value), 'anyOf');
    open.push({ group: value, members: elements(anyOf), next: 0 });
  };

  for (const reference of references) {
    bind(reference, reference.span);
    for (let group = open.at(-1); group !== undefined; group = open.at(-1)) {
      const member = group.members[group.next];
      group.next += 1;
      if (member === undefined) open.pop();
      else bind(member, reference.span);
    }
  }
  return bound.length > 1 ? withoutDoubles(bound) : bound;
}

/** The partition that someone is of: by the ARN, and of an account of the project also by its environment. */
function partitionsOf(grantee: Grantee, { stacks }: PrincipalScope): readonly Expression[] {
  if (grantee.kind === 'created') return [grantee.created.stack.place.partition];
  if (grantee.kind === 'existing') return partitionOfArn(grantee.arn);
  const { principal, category, account } = grantee;
  const home = category === 'account' && account !== undefined ? partitionsByAccount(stacks).get(account) : undefined;
  if (home !== undefined) return [home];
  if (principal.kind === 'aws') return partitionOfArn(principal.arn);
  return principal.kind === 'federated' ? partitionOfArn(principal.provider) : [];
}

/** The partitions of the accounts that stacks are in. Found once for a project, as many grants can name an account. */
function partitionsByAccount(stacks: readonly StackModel[]): ReadonlyMap<string, Expression> {
  const known = partitionsOfStacks.get(stacks);
  if (known !== undefined) return known;
  const found = new Map(
    stacks.flatMap(({ environment: { account }, place }) =>
      account === undefined ? [] : [[account, place.partition] as const],
    ),
  );
  partitionsOfStacks.set(stacks, found);
  return found;
}

const partitionsOfStacks = new WeakMap<readonly StackModel[], ReadonlyMap<string, Expression>>();

/** The name that stands for everyone in the key's account who comes through a service, unless the project uses it for another. */
const everyoneInAccount = 'everyoneInAccount';

/** As AWS writes it in the policies of its own keys. Source: AWS KMS Developer Guide, "kms:CallerAccount". */
function everyoneIn({ account }: Place, span: Span): Grantee {
  return {
    kind: 'outside',
    category: 'callers',
    label: everyoneInAccount,
    span,
    principal: { kind: 'anyone' },
    conditions: [{ operator: 'StringEquals', key: 'kms:CallerAccount', values: [account] }],
  };
}

/** Each grantee once, where it is named first. */
function withoutDoubles(grantees: readonly Grantee[]): readonly Grantee[] {
  const seen = new Map<string, Grantee>();
  for (const grantee of grantees) {
    const identity = identityOf(grantee);
    if (!seen.has(identity)) seen.set(identity, grantee);
  }
  return [...seen.values()];
}

/** A text that is the same for two grantees that are the same. A label alone is not enough: `logs` may name a role, and a service. */
function identityOf(grantee: Grantee): string {
  if (grantee.kind === 'created') return `${grantee.created.stack.name}/${grantee.created.id}`;
  return JSON.stringify({ ...grantee, span: undefined });
}

function findCreated(
  reference: Located<string>,
  stack: StackModel,
  { stacks, environments }: PrincipalScope,
  diagnostics: Diagnostic[],
) {
  const [first = '', second] = reference.value.split('.');
  if (second === undefined) return stack.created.get(first);
  const form = (inStack: string, environment: string) => principalForm(inStack, environment, second);
  const named = { stack: retyped(reference, first), environment: undefined, text: reference.value, form };
  const other = findStack(named, stack, stacks, environments, diagnostics);
  if (other === undefined) return 'reported';
  const created = other.created.get(second);
  if (created !== undefined) return created;
  const candidates = [...other.created.keys()].map((name) => `${first}.${name}`);
  diagnostics.push(report(unknownName, reference.span, { kind: 'principal', name: reference.value, candidates }));
  return 'reported';
}

function principalForm(stack: string, environment: string, name: string): string {
  return `{ stack: ${stack}, environment: ${environment}, name: ${name} }`;
}

/** What a stack creates in the environment that is named; undefined for what does not exist, which is reported. */
function findInInstance(
  reference: Located<PrincipalOfInstance>,
  from: StackModel,
  { stacks, environments }: PrincipalScope,
  diagnostics: Diagnostic[],
): CreatedModel | undefined {
  const { stack, environment, name } = reference.value;
  const form = (inStack: string, inEnvironment: string) => principalForm(inStack, inEnvironment, name);
  const named = {
    stack: property(reference, 'stack') ?? retyped(reference, stack),
    environment: property(reference, 'environment'),
    text: form(stack, environment),
    form,
  };
  const instance = findStack(named, from, stacks, environments, diagnostics);
  const created = instance?.created.get(name);
  if (instance !== undefined && created === undefined) {
    const span = property(reference, 'name')?.span ?? reference.span;
    const candidates = [...instance.created.keys()];
    const related = [{ message: `stack \`${stack}\``, span: instance.definition.nameSpan }];
    diagnostics.push(report(unknownName, span, { kind: 'principal', name, candidates }, related));
  }
  return created;
}

function bindInline(
  definition: Located<InlinePrincipal>,
  name: string | undefined,
  place: Place,
  keyPlace: Place,
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): Grantee {
  const { value, span } = definition;
  const text = (arn: string) => interpolate(retyped(definition, arn), place, diagnostics);
  const outside = { kind: 'outside', conditions: [], span } as const;
  for (const name of ['role', 'user', 'arn', 'federated'] as const) {
    const arn = (value as Readonly<Partial<Record<typeof name, string>>>)[name]; // absent in the other kinds
    if (arn === undefined) continue;
    const located = retyped(definition, arn);
    diagnostics.push(...principalHasNoWildcard(located, 'yaml'), ...arnIsOfSomewhere(located, regions));
  }

  if ('role' in value || 'user' in value) {
    const arn = 'role' in value ? value.role : value.user;
    const kept = 'role' in value ? roleOfAws(arn) : undefined;
    if (kept?.isUnderItsPath === false) diagnostics.push(report(roleOfAwsWithoutPath, span, { arn, path: kept.path }));
    return {
      kind: 'existing',
      entity: 'role' in value ? 'role' : 'user',
      label: name ?? arn,
      span,
      arn: text(arn),
      ...knownAccount(arn, place),
      entityName: text(arn.slice(arn.lastIndexOf('/') + 1)),
      mutable: kept === undefined && (value.mutable ?? true),
      ...(value.policyName !== undefined && { policyName: value.policyName }),
    };
  }
  if ('account' in value) {
    const account = text(value.account);
    const arn = accountRoot({ partition: place.partition, account });
    const label = name ?? value.account;
    const known = account.kind === 'literal' ? { account: account.text } : {};
    return { ...outside, category: 'account', label, principal: { kind: 'aws', arn }, ...known };
  }
  if ('organization' in value) {
    const conditions = [{ operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: [literal(value.organization)] }];
    const label = name ?? value.organization;
    return { ...outside, category: 'organization', label, principal: { kind: 'anyone' }, conditions };
  }
  if ('orgUnit' in value) {
    // The path of an account directly in the unit ends in the unit and a slash; those below it go on from there.
    const values = [literal(`${value.orgUnit}/*`)];
    const conditions = [{ operator: 'ForAnyValue:StringLike', key: 'aws:PrincipalOrgPaths', values }];
    const label = name ?? value.orgUnit;
    return { ...outside, category: 'organization', label, principal: { kind: 'anyone' }, conditions };
  }
  if ('service' in value) {
    // A host with placeholders in it is right wherever it is used.
    const isWhole = value.service.includes('${');
    if (!isWhole)
      diagnostics.push(...serviceIsNamedRight(retyped(definition, value.service), keyPlace.region, regions));
    const host = isWhole ? text(value.service) : servicePrincipalHost(value.service, keyPlace);
    return { ...outside, category: 'service', label: name ?? value.service, principal: { kind: 'service', host } };
  }
  if ('federated' in value) {
    const provider = text(value.federated);
    return {
      ...outside,
      category: 'federated',
      label: name ?? value.federated,
      principal: { kind: 'federated', provider },
    };
  }
  if ('anyone' in value) {
    return {
      ...outside,
      category: 'anyone',
      label: name ?? 'anyone',
      principal: { kind: 'anyone' },
      ...(value.because !== undefined && { because: value.because }),
    };
  }
  const principal = { kind: 'aws', arn: text(value.arn) } as const;
  return { ...outside, category: 'session', label: name ?? value.arn, principal, ...knownAccount(value.arn, place) };
}

/**
 * The path of a role that AWS keeps to itself: a service-linked role, or one that IAM Identity Center makes. Nobody else can attach
 * a policy to it. Undefined for any other role.
 * Source: IAM User Guide, "Create a service-linked role"; IAM Identity Center User Guide, "Referencing permission sets in resource
 * policies".
 */
function roleOfAws(arn: string): { readonly path: string; readonly isUnderItsPath: boolean } | undefined {
  const [, path = '', name = ''] = /:role\/(.*\/)?([^/]*)$/.exec(arn) ?? [];
  if (path.startsWith('aws-reserved/') || path.startsWith('aws-service-role/')) return { path, isUnderItsPath: true };
  if (name.startsWith('AWSReservedSSO_')) {
    return { path: 'aws-reserved/sso.amazonaws.com/<region>/', isUnderItsPath: false };
  }
  if (name.startsWith('AWSServiceRoleFor')) return { path: 'aws-service-role/<service host>/', isUnderItsPath: false };
  return undefined;
}

/** The account of an ARN, where `${account}` is the place's own; nothing if that is decided by the deployment. */
function knownAccount(arn: string, place: Place): { readonly account?: string } {
  const written = arn.split(':')[4] ?? '';
  const account = written === '${account}' && place.account.kind === 'literal' ? place.account.text : written;
  return /^\d{12}$/.test(account) ? { account } : {};
}

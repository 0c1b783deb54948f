/**
 * Builds the picture of a program: who has which policies on which keys. Resolves every reference, and indexes policies by key, so that a
 * decision takes no longer in a program with many keys.
 */
import { groupBy } from '@keywright/core/collections/group-by';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import type { Group, IdentityPolicy, KmsGrant, Program, Role, Stack, Tag, User } from '@keywright/core/ir/program';
import { principalsNamedIn, principalsOfGrant } from './build/named-in.ts';
import { idInProgram, type Placed, placedIn } from './build/placed.ts';
import { resolveValues, type Values } from './build/resolve-values.ts';
import { resolveStatements } from './build/statements.ts';
import { nameOfArn } from './named-principal.ts';
import type {
  Picture,
  PictureGrant,
  PictureKey,
  PicturePrincipal,
  PolicyStatement,
  StatementRef,
  TrustStatement,
} from './picture.ts';
import type { Principal } from './principal.ts';
import { describePrincipal } from './principal-account.ts';
import { listedId, principalId } from './principal-id.ts';
import { iamArn, parseArn, splitType } from './value/arn.ts';
import { isPattern, joinValue, shown, type Value } from './value/value.ts';

/** Builds the picture of a program. `values`: the program's resolved values, if the caller has them already. */
export function buildPicture(program: Program, values: Values = resolveValues(program)): Picture {
  const placed = placedIn(program.stacks);
  const keys = new KeyCollection();
  const principals = new PrincipalCollection();
  for (const { stack, resource } of placed) {
    if (resource.kind === 'key' || resource.kind === 'replicaKey')
      keys.add(createdKey({ stack, resource }, idInProgram({ stack, resource }), values));
    else if (isPrincipal(resource)) principals.addCreated(createdPrincipal({ stack, resource }, values));
  }
  for (const one of placed) addToKey(one, keys, values);
  for (const key of keys.all()) {
    for (const statement of key.policy ?? [])
      principals.addAll(principalsNamedIn(statement, key.partition), statement.ref);
    for (const grant of key.grants) principals.addAll(principalsOfGrant(grant, key.partition), grant.ref);
  }
  const identity: IdentityStatements = { patterns: new Map(), byAlias: new Map() };
  for (const { stack, resource } of placed) {
    if (resource.kind !== 'identityPolicy') continue;
    const owner = principals.addHolder(resource, stack, values);
    const name = shown(values.resolve(resource.policyName, stack));
    const statements = resolveStatements(resource.document, stack, values, { kind: 'identityPolicy', owner, name });
    for (const statement of statements) addIdentityStatement(statement, owner, keys, identity);
  }
  const allKeys = keys.all();
  const allPrincipals = principals.all();
  return {
    keys: allKeys,
    principals: allPrincipals,
    keysById: new Map(allKeys.map((key) => [key.id, key])),
    principalsById: new Map(allPrincipals.map((principal) => [principal.id, principal])),
    namesakes: namesakesOf(allPrincipals),
    identityPatterns: identity.patterns,
    identityByAlias: identity.byAlias,
  };
}

function addToKey({ stack, resource }: Placed, keys: KeyCollection, values: Values): void {
  if (resource.kind !== 'alias' && resource.kind !== 'kmsGrant') return;
  const expression = resource.kind === 'alias' ? resource.target : resource.key;
  const target = values.resourceOf(expression, stack);
  const key = target === undefined ? keys.refer(values.resolve(expression, stack)) : keys.find(values.keyArn(target));
  if (key === undefined) return;
  if (resource.kind === 'alias') key.aliases.push(resource.aliasName);
  else key.grants.push(grantOf(resource, stack, key.id, values));
}

/** Maps ids of principals to those statements in their identity policies that list no keys. */
interface IdentityStatements {
  readonly patterns: Map<string, PolicyStatement[]>;
  readonly byAlias: Map<string, PolicyStatement[]>;
}

/** Adds a statement of a principal's identity policy to the keys that it lists, or to the statements that list no keys. */
function addIdentityStatement(
  statement: PolicyStatement,
  holder: string,
  keys: KeyCollection,
  identity: IdentityStatements,
): void {
  const exact = exactResources(statement, keys);
  const aliases = askedAliases(statement);
  if (exact !== undefined) {
    // The statement is split into one part per key that it lists. A key listed twice counts once.
    for (const key of new Set(exact.map((arn) => keys.refer(arn))))
      if (key !== undefined) append(key.identity, holder, { ...statement, resources: [key.arn] });
  } else if (aliases !== undefined) {
    append(identity.byAlias, holder, statement);
    for (const key of keys.withAlias(aliases)) append(key.identity, holder, statement);
  } else append(identity.patterns, holder, statement);
}

/** A key under construction. */
type OpenKey = PictureKey & {
  readonly aliases: string[];
  readonly grants: PictureGrant[];
  readonly identity: Map<string, PolicyStatement[]>;
};

class KeyCollection {
  readonly #byArn = new Map<string, OpenKey>();
  readonly #byAlias = new Map<string, OpenKey[]>();

  add(key: OpenKey): void {
    this.#byArn.set(shown(key.arn), key);
  }

  find(arn: Value): OpenKey | undefined {
    return this.#byArn.get(shown(arn));
  }

  /** Returns the key with this ARN, or `undefined` if the ARN is not a key's. Adds a key outside the program as `referred`. */
  refer(arn: Value): OpenKey | undefined {
    const existing = this.find(arn);
    if (existing !== undefined) return existing;
    const parsed = parseArn(arn);
    if (parsed?.service !== 'kms' || splitType(parsed.resource)?.type !== 'key') return undefined;
    const { partition, region, account } = parsed;
    const name = shown(arn);
    const collected = { aliases: [], grants: [], identity: new Map(), tags: new Map() };
    const key: OpenKey = { id: name, kind: 'referred', name, arn, partition, region, account, ...collected };
    this.add(key);
    return key;
  }

  /** The program's own keys that have one of these aliases, in any account and region. Call this after all aliases are collected. */
  withAlias(aliases: readonly string[]): ReadonlySet<OpenKey> {
    if (this.#byAlias.size === 0) {
      for (const key of this.#byArn.values()) {
        if (key.kind === 'referred') continue;
        for (const alias of key.aliases) this.#byAlias.set(alias, [...(this.#byAlias.get(alias) ?? []), key]);
      }
    }
    return new Set(aliases.flatMap((alias) => this.#byAlias.get(alias) ?? []));
  }

  all(): readonly PictureKey[] {
    return [...this.#byArn.values()];
  }
}

function createdKey({ stack, resource }: Placed, id: string, values: Values): OpenKey {
  if (resource.kind !== 'key' && resource.kind !== 'replicaKey') throw new Error(`${resource.id} is not a key`);
  const place = values.placeOf(stack);
  const { spec, usage, origin, enabled } = resource;
  return {
    id,
    kind: resource.kind,
    name: resource.name,
    stack: stack.name,
    arn: values.keyArn({ stack, resource }),
    partition: place.partition,
    region: resource.region ?? place.region,
    account: place.account,
    traits: { spec, usage, origin, enabled, multiRegion: resource.kind === 'replicaKey' || resource.multiRegion },
    aliases: [],
    tags: tagsOf(resource.tags, stack, values),
    policy: resolveStatements(resource.policy, stack, values, { kind: 'keyPolicy', owner: id }),
    grants: [],
    identity: new Map(),
    source: resource.source,
  };
}

function createdPrincipal({ stack, resource }: Placed<Role | User | Group>, values: Values): PicturePrincipal {
  const place = values.placeOf(stack);
  const name = values.iamName({ stack, resource });
  const arn = values.principalArn({ stack, resource });
  const { kind } = resource;
  const principal: Principal =
    kind === 'group' ? { kind, account: place.account, name } : { kind, account: place.account, name, arn };
  return {
    id: principalId(principal),
    name: `${stack.name}.${resource.name}`,
    principal,
    created: { stack: stack.name, resource: resource.id },
    ...(kind !== 'group' && !bringsTags(resource) && { tags: tagsOf(resource.tags, stack, values) }),
    ...(kind === 'role' && {
      trust: trustOf(resource, stack, values),
      federated: resource.assumeRolePolicy.statements.some(({ principals }) =>
        (principals ?? []).some((trusted) => trusted.kind === 'federated'),
      ),
    }),
    source: resource.source,
  };
}

/** Whether sessions of a role can have tags of their own, such as the namespace of a pod. */
function bringsTags(resource: Role | User): boolean {
  return resource.kind === 'role' && resource.assumeRolePolicy.statements.some(({ actions }) => allowsTags(actions));
}

function allowsTags(actions: readonly string[] | undefined): boolean {
  return actions?.includes('sts:TagSession') === true;
}

function trustOf({ assumeRolePolicy, id }: Role, stack: Stack, values: Values): readonly TrustStatement[] {
  const statements = resolveStatements(assumeRolePolicy, stack, values, { kind: 'identityPolicy', owner: id });
  return statements.map(({ principals = [], actions, conditions, ref }) => ({
    principals,
    bringsTags: allowsTags(actions),
    bringsSourceIdentity: actions?.includes('sts:SetSourceIdentity') === true,
    conditions,
    source: ref.source,
  }));
}

class PrincipalCollection {
  readonly #byId = new Map<string, PicturePrincipal>();

  addCreated(principal: PicturePrincipal): void {
    this.#byId.set(principal.id, principal);
  }

  addAll(named: readonly Principal[], ref: StatementRef): void {
    for (const principal of named) this.#add(principal, describePrincipal(principal), ref);
  }

  /**
   * The id of the principal that has an identity policy. An existing role or user is known by name only; its path is unknown.
   */
  addHolder(policy: IdentityPolicy, stack: Stack, values: Values): string {
    const { account, partition } = values.placeOf(stack);
    const { kind } = policy.attachTo;
    const name = values.resolve(policy.attachTo.name, stack);
    const path = { unknown: 'path', of: `${kind} ${shown(name)}` } as const;
    const arn = iamArn(partition, account, joinValue([`${kind}/`, path, name]));
    const principal: Principal = kind === 'group' ? { kind, account, name } : { kind, account, name, arn };
    // A policy made from grants is named after its holder; a policy under `identityPolicies` has a name in the YAML. With a placeholder in the
    // holder's name, the policy's name is for generated code only.
    const isCalledAfterHolder = policy.id.startsWith(`identityPolicy/${kind}/`) && !/\$\{[^/]*$/.test(policy.id);
    const id = this.#add(principal, isCalledAfterHolder ? policy.name : describePrincipal(principal), policy);
    const existing = this.#byId.get(id);
    if (isCalledAfterHolder && existing !== undefined && existing.created === undefined)
      this.#byId.set(id, { ...existing, label: policy.name });
    return id;
  }

  #add(principal: Principal, name: string, { source }: Pick<StatementRef, 'source'>): string {
    const id = listedId(principal);
    if (!this.#byId.has(id)) this.#byId.set(id, { id, name, principal, source });
    return id;
  }

  all(): readonly PicturePrincipal[] {
    return [...this.#byId.values()];
  }
}

function namesakesOf(principals: readonly PicturePrincipal[]): ReadonlyMap<string, readonly PicturePrincipal[]> {
  const byName = groupBy(principals, ({ principal }) =>
    principal.kind === 'role' || principal.kind === 'user' ? `${principal.kind} ${shown(principal.name)}` : undefined,
  );
  // Namesakes in known accounts are different principals, so they are left out. Large projects have hundreds of them.
  const isOpen = ({ principal }: PicturePrincipal) => 'account' in principal && typeof principal.account !== 'string';
  return new Map(
    [...byName].flatMap(([name, namesakes]) =>
      name !== undefined && namesakes.length > 1 && namesakes.some(isOpen) ? [[name, namesakes]] : [],
    ),
  );
}

function grantOf(grant: KmsGrant, stack: Stack, owner: string, values: Values): PictureGrant {
  const { name, operations, encryptionContext, retiringPrincipal } = grant;
  const named = (expression: KmsGrant['grantee']) => nameOfArn(values.resolve(expression, stack));
  return {
    ref: { kind: 'kmsGrant', owner, index: 0, name, effect: 'Allow', source: grant.source },
    name,
    grantee: named(grant.grantee),
    ...(retiringPrincipal !== undefined && { retiringPrincipal: named(retiringPrincipal) }),
    operations,
    ...(encryptionContext !== undefined && {
      encryptionContext: {
        match: encryptionContext.match,
        pairs: encryptionContext.pairs.map((pair) => [pair.name, pair.value] as const),
      },
    }),
  };
}

function tagsOf(tags: readonly Tag[], stack: Stack, values: Values): ReadonlyMap<string, Value> {
  return new Map(tags.map((tag) => [tag.name, values.resolve(tag.value, stack)]));
}

/** The statement's resources if each is a single key ARN; otherwise `undefined`. */
function exactResources(statement: PolicyStatement, keys: KeyCollection): readonly Value[] | undefined {
  const { resources } = statement;
  if (resources === undefined || resources.length === 0) return undefined;
  const isExact = (resource: Value) =>
    keys.find(resource) !== undefined || (parseArn(resource) !== undefined && !isPattern(resource));
  return resources.every(isExact) ? resources : undefined;
}

function askedAliases({ conditions }: PolicyStatement): readonly string[] | undefined {
  const condition = conditions.find(
    ({ operator, key }) => operator === 'ForAnyValue:StringEquals' && key.toLowerCase() === 'kms:resourcealiases',
  );
  const texts = condition?.values.filter(
    (value): value is string => typeof value === 'string' && !value.includes('${'),
  );
  return texts?.length === condition?.values.length ? texts : undefined;
}

function append(map: Map<string, PolicyStatement[]>, id: string, statement: PolicyStatement): void {
  const list = map.get(id);
  if (list === undefined) map.set(id, [statement]);
  else list.push(statement);
}

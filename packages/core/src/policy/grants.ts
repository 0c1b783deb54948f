/**
 * Decides where a grant is written: in the key policy, in an identity policy, in both or in neither. The table is in docs/semantics.md,
 * "Grants: where a statement lands".
 */
import { report } from '../diagnostics/diagnostic.ts';
import {
  accountNamedInstead,
  aliasMoverOnAlias,
  grantOnAliasHasNoEffect,
  grantOnAwsKeyElsewhere,
  grantOnImportHasNoEffect,
  groupCannotBeNamed,
  keyElsewhereNeedsAlias,
  keyOwnerHasToAllow,
  otherAccountHasToAllow,
} from '../diagnostics/policy.ts';
import type { Collector } from '../diagnostics/result.ts';
import { accountRoot } from '../ir/account-root.ts';
import { type Expression, fixed, inOtherStack, type Literal, literal, literalText } from '../ir/expression.ts';
import { formatArn } from '../ir/format-arn.ts';
import type { Condition, PolicyPrincipal, Provenance, Statement } from '../ir/policy.ts';
import { isServiceLinkedRole } from '../kms/service-linked-role.ts';
import { lookedUpKey } from '../resolve/looked-up-key.ts';
import type { CreatedModel, ExistingGrantee, Grantee, ImportModel, KeyModel, StackModel } from '../resolve/model.ts';
import { sameOrUnknown, seenFrom } from '../resolve/place.ts';
import type { Links } from '../stacks/links.ts';
import type { AliasMovers } from './alias-movers.ts';
import type { Holder, IdentityPolicies } from './identity-policies.ts';
import { anyKeyWithAlias, type KeyResource, keyResource, sharedKeyArn } from './key-arn.ts';
import { joinConditions } from './statements.ts';

/** The permission that an entry of `grants` gives one grantee: actions, under conditions. */
export interface Grant {
  readonly grantee: Grantee;
  readonly actions: readonly string[];
  readonly conditions: readonly Condition[];
  /** The stack whose YAML has the grant. This stack attaches the policies to roles that exist already. */
  readonly writtenIn: StackModel;
  /** The Sid of its statement in a key policy. */
  readonly sid?: string;
  readonly source: Provenance;
}

export interface GrantContext {
  readonly links: Links;
  /** The files that decide for the whole project. */
  readonly trustedFiles: ReadonlySet<string>;
  readonly identityPolicies: IdentityPolicies;
  readonly aliasMovers: AliasMovers;
  readonly collector: Collector;
}

/**
 * What a grant adds to the key policy: a statement, or a decision that waits until the needs of all stacks are known. Such a decision is
 * about a statement that names a created principal (see `settle`), or a key in another place (see `settleElsewhere`).
 */
export type KeyPolicyPart = { readonly kind: 'settled'; readonly statement: Statement } | PendingPart | ElsewherePart;

interface PendingPart {
  readonly kind: 'pending';
  readonly grant: ElsewherePart['grant'];
  readonly created: CreatedModel;
}

/** A grant on a key in another account or region than the stack that would attach the identity policy. */
interface ElsewherePart {
  readonly kind: 'elsewhere';
  readonly grant: Grant & { readonly grantee: Holder };
  readonly holder: StackModel;
  /** What the key policy says in addition to an identity policy; absent if the identity policy is enough. */
  readonly inKeyPolicy?: NamingPart;
}

type NamingPart = Exclude<KeyPolicyPart, ElsewherePart>;

/**
 * Decides where a grant on a key of this app is written. Returns the part in the key policy; the rest goes to `context.identityPolicies`.
 * `trusts`: whether the key lets its account's IAM policies decide about the actions.
 */
export function decideGrant(
  key: KeyModel,
  grant: Grant,
  trusts: boolean,
  context: GrantContext,
): readonly KeyPolicyPart[] {
  const { grantee } = grant;
  context.aliasMovers.note(grantee, grant.actions, key.place);
  switch (grantee.kind) {
    case 'created':
      return decideHolderGrant(key, { ...grant, grantee }, grantee.created.stack, trusts, context);
    case 'existing': {
      if (!isWritable(grantee, grant.writtenIn)) {
        noteForOtherAccount(key, grant, grantee.account, context);
        return [settled(grant, principalOfExisting(grantee))];
      }
      return decideHolderGrant(key, { ...grant, grantee }, grant.writtenIn, trusts, context);
    }
    case 'outside': {
      const { principal, conditions } = grantee;
      noteForOtherAccount(key, grant, grantee.account, context);
      const all = context.collector.take(joinConditions(grant.conditions, conditions, grant.source.span));
      return [settled({ ...grant, conditions: all }, principal)];
    }
  }
}

function decideHolderGrant(
  key: KeyModel,
  grant: ElsewherePart['grant'],
  holder: StackModel,
  trusts: boolean,
  context: GrantContext,
): readonly KeyPolicyPart[] {
  const inKeyPolicy = trusts && isOfAccount(key, grant.grantee) ? undefined : namingPart(key, grant, context);
  const target = keyResource(key, holder, context.links, grant.source);
  if (target === undefined) {
    return [{ kind: 'elsewhere', grant, holder, ...(inKeyPolicy !== undefined && { inKeyPolicy }) }];
  }
  addIdentityStatement(grant, holder, target, context);
  return inKeyPolicy === undefined ? [] : [inKeyPolicy];
}

/** The statement of the key policy that names the grantee. For a group it names the account instead, with a warning. */
function namingPart(key: KeyModel, grant: ElsewherePart['grant'], context: GrantContext): NamingPart {
  const { grantee } = grant;
  if (grantee.kind === 'existing') return settled(grant, principalOfExisting(grantee));
  const { created } = grantee;
  if (created.kind !== 'group') return { kind: 'pending', grant, created };
  context.collector.add(report(groupCannotBeNamed, grantee.span, { group: grantee.label, key: key.name }));
  return settled(grant, rootOf(created.stack, key));
}

/**
 * Decides about statements that name a principal of another stack. KMS refuses a key policy that names a missing principal, so the key's
 * stack is deployed after the principal's stack. If the principal's stack needs the key's stack, the statement names the account root
 * instead, with a warning (KW3036). That breaks the cycle, as in the CDK.
 */
export function settle(key: KeyModel, part: NamingPart, context: GrantContext): Statement {
  if (part.kind === 'settled') return part.statement;
  const { links, collector } = context;
  const { grant, created } = part;
  if (!wouldCycle(key, created, links) || isCycleOfTeam(key, part, context))
    return keyPolicyStatement(grant, { kind: 'aws', arn: links.principalArn(key.stack, created, grant.source) });
  const { span, label } = grant.grantee;
  const isOwnAccount = isOfAccount(key, grant.grantee);
  collector.add(report(accountNamedInstead, span, { kind: created.kind, grantee: label, key: key.name, isOwnAccount }));
  return keyPolicyStatement(grant, rootOf(created.stack, key));
}

/**
 * Decides about a grant on a key in another place, so that no identity policy reaches a key that the YAML does not name. For a grantee in
 * the key's account, the identity policy names the key by ARN if every target can pass the ARN on, otherwise by an alias. Without an alias,
 * only the key policy has the grant, which is enough within an account. A grantee in another account needs both policies, and its identity
 * policy needs an alias. It cannot use the ARN, which would come from a stack that is deployed later, because the key policy in that stack
 * names the grantee. If none of these ways is possible, that is an error.
 */
export function settleElsewhere(key: KeyModel, part: ElsewherePart, context: GrantContext): readonly Statement[] {
  const { links } = context;
  const { grant, holder, inKeyPolicy } = part;
  const { grantee, source } = grant;
  const ownAccount = isOfAccount(key, grantee);
  if (inKeyPolicy === undefined && links.carries(holder, key.stack) && !links.isAfter(key.stack, holder)) {
    const resource = sharedKeyArn(key, holder, links, source);
    addIdentityStatement(grant, holder, { resource, conditions: [] }, context);
    return [];
  }
  const [alias, ...others] = key.aliases.map(({ nameText }) => nameText);
  if (alias !== undefined && !context.aliasMovers.includes(grantee, key.place)) {
    const place = seenFrom(holder.environment, key.stack.environment, key.place);
    const nameOf = (name: Literal) => (place === key.place ? name : fixed(name));
    addIdentityStatement(grant, holder, anyKeyWithAlias(place, [nameOf(alias), ...others.map(nameOf)]), context);
    return inKeyPolicy === undefined ? [] : [settle(key, inKeyPolicy, context)];
  }
  const isNameable =
    grantee.kind === 'existing' || (grantee.created.kind !== 'group' && !wouldCycle(key, grantee.created, links));
  if (ownAccount && isNameable) return [settle(key, inKeyPolicy ?? namingPart(key, grant, context), context)];
  // It was already reported that access does not cross from one partition to another (KW2022).
  if (!sameOrUnknown(key.environment.partition, holder.environment.partition)) return [];
  context.collector.add(
    report(keyElsewhereNeedsAlias, grantee.span, {
      key: key.name,
      grantee: grantee.label,
      across: ownAccount ? 'region' : 'account',
      movesAliases: alias !== undefined,
    }),
  );
  return [];
}

function wouldCycle(key: KeyModel, created: CreatedModel, links: Links): boolean {
  return created.stack !== key.stack && links.isAfter(created.stack, key.stack);
}

/**
 * Whether naming the principal of a trusted file's grant would close a cycle that goes through a stack of a team's file. The stack of the
 * principal does not count. A team's file must not decide that a key opens to a whole account, so the cycle is reported instead (KW2009).
 */
function isCycleOfTeam(
  key: KeyModel,
  { grant, created }: PendingPart,
  { links, trustedFiles }: Pick<GrantContext, 'links' | 'trustedFiles'>,
): boolean {
  const isTrusted = ({ definition }: StackModel) => trustedFiles.has(definition.span.file);
  const isOfTrusted = isTrusted(grant.writtenIn) && isTrusted(key.stack);
  return isOfTrusted && !links.isAfter(created.stack, key.stack, isTrusted);
}

function isOfAccount(key: KeyModel, grantee: Holder): boolean {
  const account = grantee.kind === 'created' ? grantee.created.stack.environment.account : grantee.account;
  return sameOrUnknown(account, key.environment.account);
}

/**
 * Decides where a grant on a key imported by ARN, lookup or alias is written. Only identity policies can be written, not the policy of the
 * key.
 */
export function decideImportGrant(
  imported: Exclude<ImportModel, { kind: 'key' }>,
  grant: Grant,
  aliasGrants: 'none' | 'identity',
  context: GrantContext,
): void {
  const { grantee, writtenIn } = grant;
  const parameters = { key: imported.name, grantee: grantee.label };
  if (imported.kind === 'alias' && aliasGrants === 'none') {
    context.collector.add(report(grantOnAliasHasNoEffect, grantee.span, parameters));
    return;
  }
  const writable = grantee.kind === 'created' || (grantee.kind === 'existing' && isWritable(grantee, writtenIn));
  if (!writable) {
    context.collector.add(report(grantOnImportHasNoEffect, grantee.span, parameters));
    return;
  }
  const elsewhere = ownerElsewhere(imported, grantee);
  if (elsewhere !== undefined && isManagedByAws(imported)) {
    context.collector.add(report(grantOnAwsKeyElsewhere, grantee.span, { ...parameters, owner: elsewhere.owner }));
    return;
  }
  // Nobody can move an alias in another account, or the alias of an AWS managed key.
  const isMovable = imported.kind === 'alias' && elsewhere === undefined && !isManagedByAws(imported);
  if (isMovable && context.aliasMovers.includes(grantee, imported.place)) {
    context.collector.add(report(aliasMoverOnAlias, grantee.span, parameters));
    return;
  }
  const holder = grantee.kind === 'created' ? grantee.created.stack : writtenIn;
  const target = importedKeyResource(imported);
  if (target === undefined) return;
  noteForKeyOwner(imported, { ...grant, grantee }, context);
  addIdentityStatement({ ...grant, grantee }, holder, target, context);
}

/** The account of an imported key and that of the grantee, if they are known to differ. */
function ownerElsewhere(imported: ImportModel, grantee: Holder): { owner: string; account: string } | undefined {
  const owner = imported.place.account;
  const account = grantee.kind === 'created' ? grantee.created.stack.environment.account : grantee.account;
  if (owner.kind !== 'literal' || account === undefined || account === owner.text) return undefined;
  return { owner: owner.text, account };
}

/** Source: AWS KMS Developer Guide, "AWS managed keys": their aliases start with `aws/`. */
function isManagedByAws(imported: ImportModel): boolean {
  if (imported.kind === 'lookup' && imported.entry?.manager === 'AWS') return true;
  return (imported.kind === 'alias' || imported.kind === 'lookup') && imported.alias.text.startsWith('alias/aws/');
}

/** How an identity policy names an imported key; `undefined` for a pending lookup, which is reported elsewhere. */
function importedKeyResource(imported: Exclude<ImportModel, { kind: 'key' }>): KeyResource | undefined {
  switch (imported.kind) {
    case 'arn':
      return { resource: imported.arn, conditions: [] };
    case 'lookup': {
      const resource = lookedUpKey(imported, 'arn');
      return resource && { resource, conditions: [] };
    }
    case 'alias':
      return anyKeyWithAlias(imported.place, [imported.alias]);
  }
}

function addIdentityStatement(
  grant: ElsewherePart['grant'],
  holder: StackModel,
  target: KeyResource,
  context: GrantContext,
): void {
  const here = (expression: Expression) => (holder === grant.writtenIn ? expression : inOtherStack(expression));
  const conditions = context.collector.take(joinConditions(grant.conditions, target.conditions, grant.source.span));
  context.identityPolicies.add(holder, grant.grantee, {
    effect: 'Allow',
    actions: grant.actions,
    resources: [here(target.resource)],
    conditions: conditions.map((condition) => ({ ...condition, values: condition.values.map(here) })),
    source: grant.source,
  });
}

function settled(
  grant: Grant,
  principal: PolicyPrincipal,
): { readonly kind: 'settled'; readonly statement: Statement } {
  return { kind: 'settled', statement: keyPolicyStatement(grant, principal) };
}

function keyPolicyStatement(grant: Grant, principal: PolicyPrincipal): Statement {
  return {
    ...(grant.sid !== undefined && { sid: grant.sid }),
    effect: 'Allow',
    principals: [principal],
    actions: grant.actions,
    resources: [literal('*')],
    conditions: grant.conditions,
    source: grant.source,
  };
}

/**
 * Whether a stack attaches a policy to an existing role or user. It does so only in its own account. A stack that can be deployed to any
 * account attaches no policy if the ARN names an account: in a different account, the policy would be attached to an unrelated principal of
 * the same name.
 */
function isWritable(grantee: ExistingGrantee, holder: StackModel): boolean {
  return grantee.mutable && (grantee.account === undefined || grantee.account === holder.environment.account);
}

function principalOfExisting(grantee: ExistingGrantee): PolicyPrincipal {
  return { kind: 'aws', arn: grantee.arn };
}

function rootOf({ environment, place }: StackModel, key: KeyModel): PolicyPrincipal {
  return { kind: 'aws', arn: accountRoot(seenFrom(key.stack.environment, environment, place)) };
}

/** Notes that the administrators of another account must let its principals use the key, and shows the policy to attach. */
function noteForOtherAccount(key: KeyModel, grant: Grant, account: string | undefined, context: GrantContext): void {
  const { grantee, conditions, actions } = grant;
  const organization = grantee.kind === 'outside' && grantee.category === 'organization';
  if (!organization && (account === undefined || account === key.environment.account)) return;
  const { name, account: ownAccount } = key.environment;
  // An environment with a name but no account is not in the project, which has been reported.
  if (!organization && name !== undefined && ownAccount === undefined) return;
  // One policy is enough for a multi-Region key, since its replicas have the same id. Each key policy still decides in its own region.
  const region = key.kind === 'replicaKey' || key.replicas.length > 0 ? literal('*') : key.place.region;
  const policy = {
    Effect: 'Allow',
    Action: actions,
    Resource: shownText(formatArn({ ...key.place, region }, 'kms', literal('key/<key id>'))),
    ...shownConditions(conditions),
  };
  const who = organization ? 'the other accounts of the organization' : `account ${account}`;
  context.collector.add(
    report(otherAccountHasToAllow, grantee.span, {
      key: key.name,
      grantee: knownArn(grantee) ?? grantee.label,
      who,
      mayBeOwn: !organization && key.environment.account === undefined,
      isLinkedRole: grantee.kind === 'existing' && isServiceLinkedRole(shownText(grantee.arn)),
      policy: JSON.stringify(policy),
    }),
  );
}

/** The whole ARN of a grantee that the YAML gives by an ARN with placeholders; `undefined` if only the deployment knows the ARN. */
function knownArn(grantee: Grantee): string | undefined {
  if (!grantee.label.startsWith('arn:')) return undefined;
  if (grantee.kind === 'existing') return literalText(grantee.arn);
  return grantee.kind === 'outside' && grantee.principal.kind === 'aws'
    ? literalText(grantee.principal.arn)
    : undefined;
}

/** Notes that the owner of an imported key must let principals of another account use it, and shows the statement to add. */
function noteForKeyOwner(
  imported: ImportModel,
  grant: Grant & { readonly grantee: Holder },
  context: GrantContext,
): void {
  const { grantee, actions, conditions } = grant;
  const elsewhere = ownerElsewhere(imported, grantee);
  if (elsewhere === undefined) return;
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: shownPrincipal(grantee) },
    Action: actions,
    Resource: '*',
    ...shownConditions(conditions),
  };
  context.collector.add(
    report(keyOwnerHasToAllow, grantee.span, {
      key: imported.name,
      grantee: grantee.label,
      ...elsewhere,
      statement: JSON.stringify(statement),
    }),
  );
}

function shownPrincipal(grantee: Grantee): string {
  if (grantee.kind === 'existing') return shownText(grantee.arn);
  // A key policy cannot name a group.
  if (grantee.kind === 'created' && grantee.created.kind === 'group')
    return shownText(accountRoot(grantee.created.stack.place));
  return `<ARN of ${grantee.label}>`;
}

function shownConditions(conditions: readonly Condition[]): { readonly Condition?: object } {
  if (conditions.length === 0) return {};
  const shown = new Map<string, Record<string, readonly string[]>>();
  for (const { operator, key, values } of conditions) {
    shown.set(operator, { ...shown.get(operator), [key]: values.map(shownText) });
  }
  return { Condition: Object.fromEntries(shown) };
}

function shownText(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return expression.parts.map(shownText).join('');
    case 'pseudo':
      return `<${expression.name}>`;
    case 'reference':
    case 'crossStack':
      return '*';
  }
}

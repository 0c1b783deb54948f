import type { CreatedPrincipal as CreatedDefinition, InlinePrincipal } from '@keywright/core/language/principal';
import type { CreatedModel, StackModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { listOf } from '../source/list.ts';
import { isHost, placeOf } from '../source/places.ts';
import type { ExistingName } from '../source/translated.ts';
import { type Who, whoAre } from '../source/who.ts';
import { limitNamedAccount } from './limit-unplaced-stacks.ts';
import { type Conditions, conditionsIn, type Texts, textIn } from './text.ts';
import { type CreatedPrincipal, entryFor, type Translation } from './translation.ts';

/** A principal in the CDK, and the conditions of a statement that names it. */
export interface NamedPrincipal<P extends iam.IPrincipal = iam.IPrincipal> {
  readonly principal: P;
  readonly conditions: Conditions;
}

/**
 * Returns a principal in the CDK. `stack` would attach a policy to an existing principal; `texts` gives `${account}` and the like their
 * meaning. The two differ for a grant on a replica.
 */
export function principalOf(
  who: Who,
  stack: core.Stack,
  translation: Translation,
  texts: Texts = stack,
): NamedPrincipal {
  if (who.kind === 'created') return { principal: createdPrincipal(who.created, translation), conditions: {} };
  const principal =
    who.kind === 'callers'
      ? new translation.library.iam.AnyPrincipal().withConditions({
          StringEquals: { 'kms:CallerAccount': textIn(texts, '${account}') },
        })
      : describedPrincipal(who.definition, stack, translation, texts);
  const { conditions } = principal.policyFragment;
  const isNarrowed = Object.keys(conditions).length > 0;
  // With `minimizePolicies`, the CDK cannot merge a narrowed principal with a statement that has the same conditions.
  return isNarrowed && translation.source.model.settings.minimizePolicies
    ? { principal: new translation.library.iam.AnyPrincipal(), conditions: conditions as Conditions } // created above
    : { principal, conditions: {} };
}

/** Like `principalOf`, but for a statement, which attaches no policy. */
export function namedPrincipal(who: Who, texts: Texts, translation: Translation): NamedPrincipal {
  const { iam } = translation.library;
  if (who.kind === 'described') {
    const { definition } = who;
    const arn = 'role' in definition || 'user' in definition ? arnOf(definition) : undefined;
    if (arn !== undefined) return { principal: new iam.ArnPrincipal(textIn(texts, arn)), conditions: {} };
  }
  return principalOf(who, 'key' in texts ? texts.stack : texts, translation, texts);
}

function describedPrincipal(
  definition: InlinePrincipal,
  stack: core.Stack,
  translation: Translation,
  texts: Texts,
): iam.IPrincipal {
  const { iam } = translation.library;
  if ('role' in definition || 'user' in definition) return existingPrincipal(definition, stack, translation, texts);
  if ('account' in definition) return new iam.AccountPrincipal(textIn(texts, accountOf(definition.account)));
  if ('organization' in definition) return new iam.OrganizationPrincipal(textIn(texts, definition.organization));
  if ('orgUnit' in definition) {
    // The CDK has no principal for an organizational unit.
    const paths = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${textIn(texts, definition.orgUnit)}/*`] } };
    return new iam.AnyPrincipal().withConditions(paths);
  }
  if ('service' in definition) {
    const service = textIn(texts, definition.service);
    return service.includes('.') ? wholeHost(service, translation) : new iam.ServicePrincipal(service);
  }
  if ('federated' in definition) {
    const provider = textIn(texts, definition.federated);
    return provider.includes(':saml-provider/')
      ? new iam.FederatedPrincipal(provider, {}, 'sts:AssumeRoleWithSAML')
      : new iam.WebIdentityPrincipal(provider);
  }
  if ('anyone' in definition) return new iam.AnyPrincipal();
  return new iam.ArnPrincipal(textIn(texts, definition.arn));
}

/** Returns the ARN of an existing role or user. If `account` is given, the definition has its name instead of its ARN. */
function arnOf(definition: Extract<InlinePrincipal, { role: string } | { user: string }>): string {
  const isRole = 'role' in definition;
  const text = isRole ? definition.role : definition.user;
  if (!('account' in definition)) return text;
  return `arn:\${partition}:iam::${accountOf(definition.account)}:${isRole ? 'role' : 'user'}/${text}`;
}

/** Returns an account id or, for the name of a declared account, its placeholder. */
function accountOf(text: string): string {
  return /^[A-Za-z]/.test(text) ? `\${account.${text}}` : text;
}

/** Returns a service by its complete host. `ServicePrincipal` would replace the host with the one that it knows. */
export function wholeHost(host: string, { library }: Translation): iam.IPrincipal {
  const { PrincipalBase, PrincipalPolicyFragment } = library.iam;
  return new (class extends PrincipalBase {
    readonly policyFragment = new PrincipalPolicyFragment({ Service: [host] });
    // Principals with the same host are merged, like principals with the same ARN.
    dedupeString() {
      return `host ${host}`;
    }
  })();
}

function existingPrincipal(
  definition: Extract<InlinePrincipal, { role: string } | { user: string }>,
  stack: core.Stack,
  translation: Translation,
  texts: Texts,
): iam.IPrincipal {
  const { existing, library } = translation;
  const { iam } = library;
  const isRole = 'role' in definition;
  const raw = arnOf(definition);
  const arn = textIn(texts, raw);
  const mutable = definition.mutable ?? true;
  const key = JSON.stringify([stack.node.id, arn, mutable]);
  const known = existing.get(key);
  if (known !== undefined) return known;
  const id = `Existing${existing.size}`;
  if (isRole && !mutable) translation.dropped.add('immutable');
  const principal = isRole
    ? // Without `addGrantsToResources`, the CDK drops a grant to a role that it may not change.
      iam.Role.fromRoleArn(stack, id, arn, {
        ...(!mutable && { mutable, ...(translation.keeps && { addGrantsToResources: true }) }),
      })
    : mutable
      ? iam.User.fromUserArn(stack, id, arn)
      : new iam.ArnPrincipal(arn); // users cannot be imported as immutable
  existing.set(key, principal);
  if ('node' in principal) makeComparable(principal as iam.IPrincipal & IConstruct, translation); // only a construct has a node
  const name = { ...nameOf(raw, stack, texts, translation), mutable };
  translation.existingNames.push(name);
  limitNamedAccount(name, translation);
  return principal;
}

/**
 * Prevents a fault of CDK 1 by giving it texts to compare. When CDK 1 minimizes, it treats two lists of roles as equal if they have the
 * same length and the second list contains all of the first: for example, a role that is granted twice, and that role with another role.
 * The other role would then get the permissions of the first.
 */
function makeComparable(principal: iam.IPrincipal & IConstruct, { library }: Translation): void {
  if (!library.legacy) return;
  Object.defineProperty(principal, 'dedupeString', { value: () => principal.node.path });
}

function nameOf(
  raw: string,
  stack: core.Stack,
  texts: Texts,
  { environments, stacks }: Translation,
): Omit<ExistingName, 'mutable'> {
  const [model] = [...stacks].find(([, construct]) => construct === stack) ?? [];
  const { account, partition } = placeOf((model && environments.get(model)) ?? {});
  const arn = textIn(texts, raw.replaceAll('${account}', account).replaceAll('${partition}', partition));
  const [, kind, name] = /:(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return { stack: stack.stackName, arn, policy: `policy of ${kind} ${name} in ${stack.stackName}` };
}

/** Returns the construct of a principal, which is created on first use. */
export function createdPrincipal(created: CreatedModel, translation: Translation): CreatedPrincipal {
  const known = translation.created.get(created);
  if (known !== undefined) return known;
  const { core, iam } = translation.library;
  const stack = entryFor(translation.stacks, created.stack);
  const id = `Principal${created.name}`;
  const name = created.givenName?.text ?? core.PhysicalName.GENERATE_IF_NEEDED;
  const { value } = created.definition;
  const principal =
    'group' in value
      ? new iam.Group(stack, id, { groupName: name })
      : 'user' in value
        ? new iam.User(stack, id, { userName: name })
        : new iam.Role(stack, id, {
            roleName: name,
            assumedBy: trusted(value.role, created.stack, stack, translation),
            ...(value.role.description !== undefined && { description: textIn(stack, value.role.description) }),
          });
  const tags = 'role' in value ? value.role.tags : 'user' in value ? value.user.tags : undefined;
  addTags(principal, tags, stack, translation);
  makeComparable(principal, translation);
  translation.created.set(created, principal);
  return principal;
}

type RoleDefinition = Extract<CreatedDefinition, { role: unknown }>['role'];

function trusted(role: RoleDefinition, from: StackModel, stack: core.Stack, translation: Translation): iam.IPrincipal {
  const { iam } = translation.library;
  const conditions = conditionsIn(stack, role.when);
  const principals = listOf(role.assumedBy).flatMap((reference): readonly iam.IPrincipal[] => {
    if (typeof reference === 'string' && isHost(reference)) return [wholeHost(reference, translation)];
    return whoAre([reference], from, translation.source).map((who) => {
      const { principal, conditions } = namedPrincipal(who, stack, translation);
      return Object.keys(conditions).length > 0 ? new iam.PrincipalWithConditions(principal, conditions) : principal;
    });
  });
  const narrowed =
    role.when === undefined
      ? principals
      : principals.map((principal) => new iam.PrincipalWithConditions(principal, { ...conditions }));
  const [only, another] = narrowed;
  return only !== undefined && another === undefined ? only : new iam.CompositePrincipal(...narrowed);
}

export function addTags(
  construct: IConstruct,
  tags: Readonly<Record<string, string>> | undefined,
  texts: Texts,
  { library }: Translation,
): void {
  for (const [name, value] of Object.entries(tags ?? {})) {
    library.core.Tags.of(construct).add(name, textIn(texts, value));
  }
}

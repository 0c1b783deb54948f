/**
 * Decides all policies of a project. Takes two passes over the keys: whether a key policy can name a principal of another stack depends on
 * everything that stacks need from each other.
 */
import { groupBy } from '../collections/group-by.ts';
import { dummyKeyId } from '../context/context.ts';
import { dummyUsed } from '../diagnostics/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack, resultInStack } from '../diagnostics/in-stack.ts';
import { policyTooLong, statementsOnImport } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Expression } from '../ir/expression.ts';
import type { PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { kmsGrantsNeedAnEnabledKey, ownerAllowsKmsGrants } from '../keys/kms-grants-are-possible.ts';
import { actionsOf } from '../kms/capabilities.ts';
import { limits } from '../kms/limits.ts';
import type { SuppressionDefinition } from '../language/key.ts';
import { listOf } from '../language/text.ts';
import { elements, type Located, property, provenance } from '../project/located.ts';
import type { Settings } from '../project/project.ts';
import { interpolate } from '../resolve/interpolate.ts';
import {
  type CreatedModel,
  type Grantee,
  type GrantModel,
  type ImportModel,
  type KeyContent,
  type KeyModel,
  keysOf,
  type Model,
  type StackModel,
  type StatementModel,
} from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { createAliasMovers } from './alias-movers.ts';
import { granteeIsLimited } from './grantee-is-limited.ts';
import {
  decideGrant,
  decideImportGrant,
  type Grant,
  type GrantContext,
  type KeyPolicyPart,
  settle,
  settleElsewhere,
} from './grants.ts';
import { createIdentityPolicies, type IdentityPolicyDocument } from './identity-policies.ts';
import { type GrantSite, lowerGrant } from './lower-grant.ts';
import { mergeRepetitions } from './minimize.ts';
import { namedInPolicy } from './named-in-policy.ts';
import { serviceLinkedRolesAreNoted } from './service-linked-roles.ts';
import { lowerServices } from './services.ts';
import { sidsAreUnique, withSidsOfGrants } from './sids.ts';
import { leastPolicyLength } from './size.ts';
import { startingPolicy } from './starting-policy.ts';
import { lowerStatement } from './statements.ts';
import { createSuppressions, errorsAreNotSuppressed } from './suppress.ts';
import { createTidy, type Tidy } from './tidy.ts';
import { trustsAccount } from './trust.ts';
import { decideTrustPolicies } from './trust-policies.ts';
import { writtenIdentityPolicies } from './written-identity-policies.ts';

export interface Policies {
  readonly keyPolicies: ReadonlyMap<KeyModel, PolicyDocument>;
  readonly trustPolicies: ReadonlyMap<CreatedModel, PolicyDocument>;
  /** Policies made from grants, then those that the project writes statement by statement. */
  readonly identityPolicies: ReadonlyMap<StackModel, readonly IdentityPolicyDocument[]>;
}

/**
 * Returns a policy document for each key and the identity policies of each stack. Adds to `links` what stacks need from each other for
 * these policies.
 */
export function decidePolicies(model: Model, links: Links): Result<Policies> {
  const { settings, stacks } = model;
  const collector = createCollector();
  const tidy = createTidy(settings);
  const tidyIdentity: Tidy = settings.minimizePolicies
    ? (statements) => ({ statements: mergeRepetitions(tidy(statements).statements) })
    : tidy;
  const trustPolicies = collector.take(decideTrustPolicies(model, links));
  const identityPolicies = createIdentityPolicies();
  const aliasMovers = createAliasMovers();
  const written = new Map(
    stacks.map((stack) => [
      stack,
      collector.take(
        resultInStack(stack, writtenIdentityPolicies(stack, settings.regions, links, aliasMovers, tidyIdentity)),
      ),
    ]),
  );
  const contextOf = createContexts({ links, trustedFiles: model.trustedFiles, identityPolicies, aliasMovers });
  // Sorted by the names of stacks: the principals in one key policy affect which principals another policy can name, and the order in the
  // file must not matter.
  const decided = decideKeysAndImports(model, contextOf).toSorted(byStack);
  const settled = settleParts(decided);
  collector.add(...unsuppressed(model, contextOf));
  const keyPolicies = new Map(
    decided.map(({ key, id, parts }) => {
      const statements = withSidsOfGrants(parts.flatMap(({ part }) => settled.get(part) ?? []));
      const document = { ...(id !== undefined && { id }), ...tidy(statements) };
      const length = leastPolicyLength(document);
      const repeated = sidsAreUnique(statements, `the key policy of \`${key.name}\``);
      collector.add(...inStack(key.stack, [...repeated, ...policyFits(key, length)]));
      return [key, document];
    }),
  );
  const attached = new Map(
    stacks.map((stack) => {
      const ofGrants = collector.take(resultInStack(stack, identityPolicies.of(stack, tidyIdentity)));
      return [stack, [...ofGrants, ...(written.get(stack) ?? [])]];
    }),
  );
  return collector.result({ keyPolicies, trustPolicies, identityPolicies: attached });
}

/** The context in which the grants of a key or import are decided. Each has its own diagnostics, because it can suppress them. */
type ContextOf = (member: KeyModel | ImportModel) => GrantContext;

function createContexts(shared: Omit<GrantContext, 'collector'>): ContextOf {
  const contexts = new Map<KeyModel | ImportModel, GrantContext>();
  return (member) => {
    const existing = contexts.get(member);
    if (existing !== undefined) return existing;
    const context = { ...shared, collector: createCollector() };
    context.collector.add(...member.diagnostics);
    contexts.set(member, context);
    return context;
  };
}

/** The content of a key's policy, before it is known which principal each pending part names. */
interface DecidedKey {
  readonly key: KeyModel;
  readonly id?: Expression;
  readonly parts: readonly DecidedPart[];
}

/** A part of a key policy, with the context of the key or import that has the grant. */
interface DecidedPart {
  readonly part: KeyPolicyPart;
  readonly context: GrantContext;
}

function byStack({ key: one }: DecidedKey, { key: other }: DecidedKey): number {
  return one.stack === other.stack ? 0 : one.stack.name < other.stack.name ? -1 : 1;
}

/** Decides what all keys and imports grant. */
function decideKeysAndImports({ settings, stacks }: Model, contextOf: ContextOf): readonly DecidedKey[] {
  const imports = stacks.flatMap((stack) => [...stack.imports.values()]);
  const grantsOfImports = collectImportsOfKeys(imports);
  const decided = stacks.flatMap(keysOf).map((key): DecidedKey => {
    const { id, parts } = decideKey(key, grantsOfImports.get(key) ?? [], settings, contextOf);
    const settled = parts.flatMap(({ part }) => (part.kind === 'settled' ? [part.statement] : []));
    contextOf(key).collector.add(...serviceLinkedRolesAreNoted(settled, key.name), ...kmsGrantsNeedAnEnabledKey(key));
    return { key, parts, ...(id !== undefined && { id }) };
  });
  // All grants on imports are lowered before the first is decided: the grants say who may move aliases, and each decision depends on that.
  const grantsOn = new Map(
    imports.map((imported) => [imported, lowerImport(imported, settings.regions, contextOf(imported))]),
  );
  for (const [imported, grants] of grantsOn) {
    if (imported.kind === 'key') continue;
    for (const grant of grants) decideImportGrant(imported, grant, settings.aliasGrants, contextOf(imported));
    contextOf(imported).collector.add(...ownerAllowsKmsGrants(imported));
  }
  return decided;
}

/** The problems of keys and imports that they do not suppress, and suppressions that match nothing. */
function unsuppressed({ stacks }: Model, contextOf: ContextOf): readonly Diagnostic[] {
  const suppressions = createSuppressions();
  const problemsOf = (member: KeyModel | ImportModel, suppress: readonly Located<SuppressionDefinition>[]) => {
    const diagnostics = suppressions.apply(contextOf(member).collector.diagnostics, suppress);
    return inStack(member.stack, [...errorsAreNotSuppressed(suppress), ...diagnostics]);
  };
  const problems = [
    ...stacks.flatMap(keysOf).flatMap((key) => problemsOf(key, key.properties.suppress)),
    ...stacks
      .flatMap(({ imports }) => [...imports.values()])
      .flatMap((imported) => problemsOf(imported, elements(property(imported.definition, 'suppress')))),
  ];
  return [...problems, ...suppressions.problems()];
}

/** The statements that each part becomes, given everything that stacks need from each other. */
function settleParts(decided: readonly DecidedKey[]): ReadonlyMap<KeyPolicyPart, readonly Statement[]> {
  const settled = new Map<KeyPolicyPart, readonly Statement[]>();
  for (const { key, parts } of decided) {
    for (const { part, context } of parts)
      if (part.kind !== 'elsewhere') settled.set(part, [settle(key, part, context)]);
  }
  // Grants on keys in other places are settled last. How a policy can name such a key depends on which stacks wait for each other, and the
  // other grants decide that.
  for (const { key, parts } of decided) {
    for (const { part, context } of parts)
      if (part.kind === 'elsewhere') settled.set(part, settleElsewhere(key, part, context));
  }
  return settled;
}

/** Reports a key policy that is too long for KMS (KW3020). Source: AWS KMS Developer Guide, "Resource quotas". */
export function policyFits({ name, nameSpan }: KeyContent, length: number): readonly Diagnostic[] {
  const maximum = limits.keyPolicyBytes;
  return length > maximum ? [report(policyTooLong, nameSpan, { key: name, length, maximum })] : [];
}

type KeyImport = Extract<ImportModel, { kind: 'key' }>;

function collectImportsOfKeys(imports: readonly ImportModel[]): ReadonlyMap<KeyModel, readonly KeyImport[]> {
  return groupBy(
    imports.filter((imported) => imported.kind === 'key'),
    ({ key }) => key,
  );
}

/** The parts of a key's policy, in order: default or replacing statements, statements, admins, services, grants. */
function decideKey(
  key: KeyModel,
  imports: readonly KeyImport[],
  settings: Settings,
  contextOf: ContextOf,
): Pick<DecidedKey, 'id' | 'parts'> {
  const context = contextOf(key);
  const { collector } = context;
  const { regions } = settings;
  const lower = (statement: StatementModel) => lowerStatementOf(key, statement, regions, context);
  const start = collector.take(startingPolicy(key, settings, lower));
  for (const { effect, principals = [], actions = ['*'] } of start.statements) {
    if (effect === 'Deny') continue;
    for (const principal of principals) context.aliasMovers.notePrincipal(principal, actions, key.place);
  }
  const { policyId } = key.properties;
  const id = policyId === undefined ? start.id : collector.take(interpolate(policyId, key.place));
  const base = [...start.statements, ...key.statements.flatMap(lower)];
  const trusts = (actions: readonly string[]) => trustsAccount(base, actions, key.place);
  const decideIn = (context: GrantContext) => (grant: Grant) => decideGrant(key, grant, trusts(grant.actions), context);
  const decide = decideIn(context);
  const own = [
    ...asSettled(base),
    ...grantsOfAdmins(key).flatMap((grant) => {
      collector.add(...granteeIsLimited(grant.grantee, [], 'admins'));
      return decide(grant);
    }),
    ...asSettled(collector.take(lowerServices(key))),
    ...key.grants.flatMap((grant) =>
      collector.take(grantsIn(key.stack, grant, { key, place: key.place, regions })).flatMap(decide),
    ),
  ];
  const ofImports = imports.flatMap((imported) => {
    const ofImport = contextOf(imported);
    const { stack } = imported;
    return imported.grants.flatMap((grant) => {
      const lowered = ofImport.collector.take(grantsIn(stack, grant, { key, place: stack.place, regions }));
      return partsIn(ofImport, lowered.flatMap(decideIn(ofImport)));
    });
  });
  return { ...(id !== undefined && { id }), parts: [...partsIn(context, own), ...ofImports] };
}

/** Turns an entry of `statements` into statements of the key's policy. Also records the principals that may move aliases through them. */
function lowerStatementOf(
  key: KeyModel,
  statement: StatementModel,
  regions: ReadonlySet<string>,
  { collector, links, aliasMovers }: GrantContext,
): readonly Statement[] {
  const { effect, actions, notActions } = statement.definition.value;
  const allowed = notActions === undefined ? listOf(actions) : ['*'];
  const principalOf = (grantee: Grantee): PolicyPrincipal | undefined => {
    if (effect !== 'Deny') aliasMovers.note(grantee, allowed, key.place);
    return collector.take(
      namedInPolicy(grantee, (created) => links.principalArn(key.stack, created, { span: grantee.span })),
    );
  };
  return collector.take(lowerStatement(statement, key.place, regions, principalOf));
}

function partsIn(context: GrantContext, parts: readonly KeyPolicyPart[]): readonly DecidedPart[] {
  return parts.map((part) => ({ part, context }));
}

function asSettled(statements: readonly Statement[]): readonly KeyPolicyPart[] {
  return statements.map((statement) => ({ kind: 'settled', statement }));
}

function grantsOfAdmins({ admins, stack, traits }: KeyModel): readonly Grant[] {
  const actions = actionsOf('administer', traits);
  return admins.flatMap(({ reference, grantees }) =>
    grantees.map((grantee) => ({ grantee, actions, conditions: [], writtenIn: stack, source: provenance(reference) })),
  );
}

function grantsIn(writtenIn: StackModel, grant: GrantModel, site: GrantSite): Result<readonly Grant[]> {
  const { value, diagnostics } = lowerGrant(grant, site, writtenIn);
  return { value: value.map((one) => ({ ...one, writtenIn })), diagnostics };
}

/** The grants on an imported key. Reports entries that an import cannot have. */
function lowerImport(
  imported: ImportModel,
  regions: ReadonlySet<string>,
  { collector, aliasMovers }: GrantContext,
): readonly Grant[] {
  const statements = property(imported.definition, 'statements');
  if (statements !== undefined) collector.add(report(statementsOnImport, statements.span, { key: imported.name }));
  if (imported.kind === 'key') return [];
  if (imported.kind === 'lookup' && imported.entry?.keyId === dummyKeyId) {
    const { account, region } = imported.entry;
    collector.add(report(dummyUsed, imported.definition.span, { alias: imported.alias.text, account, region }));
  }
  const { name, place, stack } = imported;
  const target = imported.kind === 'lookup' ? imported.entry : undefined;
  const traits = target && { ...target, origin: 'AWS_KMS' as const };
  const arn = imported.kind === 'arn' ? imported.arn : undefined;
  const key = { name, place, ...(traits && { traits }), ...(arn && { arn }) };
  const site = { key, place: stack.place, regions };
  const grants = imported.grants.flatMap((grant) => collector.take(grantsIn(stack, grant, site)));
  for (const { grantee, actions } of grants) aliasMovers.note(grantee, actions, imported.place);
  return grants;
}

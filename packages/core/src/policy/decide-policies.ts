/**
 * Decides all policies of a project: what each key policy says and what is attached to whom. In: the model with names
 * bound. Out: a policy document for each key and the identity policies of each stack. Takes two passes over the keys,
 * because whether a key policy can name a principal of another stack depends on what all stacks need of each other.
 */
import { dummyKeyId } from '../context/context.ts';
import { dummyUsed } from '../diagnostics/context.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { groupInStatement, policyTooLong, statementsOnImport, trustIsDecidedByPolicy } from '../diagnostics/policy.ts';
import type { PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { actionsOf } from '../kms/capabilities.ts';
import { limits } from '../kms/limits.ts';
import type { GrantDefinition } from '../language/grant.ts';
import type { PrincipalReference } from '../language/principal.ts';
import type { StatementDefinition } from '../language/statement.ts';
import { elements, type Located, oneOrMore, property, provenance, retyped } from '../project/located.ts';
import type { Settings } from '../project/project.ts';
import { type ImportModel, type KeyModel, keysOf, type Model, type StackModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';
import type { Links } from '../stacks/links.ts';
import { createAliasMovers } from './alias-movers.ts';
import { bindPrincipals, type PrincipalScope } from './bind-principals.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { defaultStatement, legacyAdminStatement } from './default-policies.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { grantedActions } from './granted-actions.ts';
import type { Grantee } from './grantee.ts';
import {
  type Grant,
  type GrantContext,
  type KeyPolicyPart,
  placeGrant,
  placeGrantOnImport,
  settle,
  settleElsewhere,
} from './grants.ts';
import { createIdentityPolicies, type IdentityPolicies } from './identity-policies.ts';
import { placeIsKnownElsewhere } from './own-place.ts';
import { lowerPolicyFile } from './policy-file.ts';
import { serviceLinkedRolesAreNoted } from './service-linked-roles.ts';
import { lowerServices } from './services.ts';
import { sidsAreUnique, withSidsOfGrants } from './sids.ts';
import { createStatementLength, leastPolicyLength } from './size.ts';
import { joinConditions, lowerConditions, lowerStatement } from './statements.ts';
import { createSuppressions } from './suppress.ts';
import type { Tidy } from './tidy.ts';
import { trustsAccount } from './trust.ts';
import { viaServices } from './via-service.ts';
import { type WrittenIdentityPolicy, writtenIdentityPolicies } from './written-identity-policies.ts';

export interface DecidedPolicies {
  readonly keyPolicies: ReadonlyMap<KeyModel, PolicyDocument>;
  readonly identityPolicies: IdentityPolicies;
  /** Those that the project writes statement by statement. */
  readonly writtenIdentityPolicies: ReadonlyMap<StackModel, readonly WrittenIdentityPolicy[]>;
}

export interface PolicyInputs {
  readonly scope: PrincipalScope;
  readonly links: Links;
  readonly tidy: Tidy;
  readonly diagnostics: Diagnostic[];
}

export function decidePolicies(model: Model, inputs: PolicyInputs): DecidedPolicies {
  const { settings, stacks } = model;
  const { links, scope } = inputs;
  const identityPolicies = createIdentityPolicies();
  const aliasMovers = createAliasMovers();
  const written = new Map(
    stacks.map((stack) => [stack, writtenIdentityPolicies(stack, scope, links, aliasMovers, inputs.diagnostics)]),
  );
  const imports = stacks.flatMap((stack) => [...stack.imports.values()]);
  const grantsOfImports = collectImportsOfKeys(imports);
  // What is found about a key or an import is collected apart, because each can suppress it.
  const contexts = new Map<KeyModel | ImportModel, GrantContext>();
  const contextOf = (member: KeyModel | ImportModel): GrantContext => {
    const context = contexts.get(member) ?? { links, identityPolicies, aliasMovers, diagnostics: [] };
    contexts.set(member, context);
    return context;
  };

  const suppressions = createSuppressions();
  const parts = new Map<KeyModel, readonly KeyPolicyPart[]>();
  const ids = new Map<KeyModel, string>();
  for (const key of stacks.flatMap(keysOf)) {
    const { id, parts: ofKey } = decideKey(key, grantsOfImports.get(key) ?? [], settings, scope, contextOf);
    parts.set(key, ofKey);
    if (id !== undefined) ids.set(key, id);
    const named = ofKey.flatMap((part) => (part.kind === 'settled' ? [part.statement] : []));
    contextOf(key).diagnostics.push(...serviceLinkedRolesAreNoted(named, key.name));
    const kept = suppressions.apply(contextOf(key).diagnostics, key.properties.suppress);
    for (const diagnostic of kept) inputs.diagnostics.push(diagnostic);
  }
  const grantsOn = new Map(imports.map((imported) => [imported, readImport(imported, scope, contextOf(imported))]));
  for (const imported of imports) {
    const context = contextOf(imported);
    if (imported.kind !== 'key') {
      for (const grant of grantsOn.get(imported) ?? []) {
        placeGrantOnImport(imported, grant, settings.aliasGrants, context);
      }
    }
    const kept = suppressions.apply(context.diagnostics, elements(property(imported.definition, 'suppress')));
    for (const diagnostic of kept) inputs.diagnostics.push(diagnostic);
  }
  for (const problem of suppressions.problems()) inputs.diagnostics.push(problem);

  const keyPolicies = new Map<KeyModel, PolicyDocument>();
  const lengthOf = createStatementLength();
  // By name, because what one key policy names decides what another can name, and the order of a file means nothing.
  const byStack = (one: KeyModel, other: KeyModel) =>
    one.stack === other.stack ? 0 : one.stack.name < other.stack.name ? -1 : 1;
  const ordered = [...parts].sort(([one], [other]) => byStack(one, other));
  const settled = new Map<KeyPolicyPart, readonly Statement[]>();
  for (const [key, ofKey] of ordered) {
    for (const part of ofKey) if (part.kind !== 'elsewhere') settled.set(part, [settle(key, part, links)]);
  }
  // Last, because a key that is elsewhere can be named in several ways, and these have decided which stacks have to wait.
  const context: GrantContext = { links, identityPolicies, aliasMovers, diagnostics: inputs.diagnostics };
  for (const [key, ofKey] of ordered) {
    for (const part of ofKey) if (part.kind === 'elsewhere') settled.set(part, settleElsewhere(key, part, context));
  }
  for (const [key, ofKey] of ordered) {
    const id = ids.get(key);
    const statements = withSidsOfGrants(ofKey.flatMap((part) => settled.get(part) ?? []));
    inputs.diagnostics.push(...sidsAreUnique(statements, key.name));
    const document = { ...(id !== undefined && { id }), ...inputs.tidy(statements) };
    const length = leastPolicyLength(document, lengthOf);
    const maximum = limits.keyPolicyBytes;
    if (length > maximum)
      inputs.diagnostics.push(report(policyTooLong, key.nameSpan, { key: key.name, length, maximum }));
    keyPolicies.set(key, document);
  }
  return { keyPolicies, identityPolicies, writtenIdentityPolicies: written };
}

type KeyImport = Extract<ImportModel, { kind: 'key' }>;

function collectImportsOfKeys(imports: readonly ImportModel[]): ReadonlyMap<KeyModel, readonly KeyImport[]> {
  const collected = new Map<KeyModel, KeyImport[]>();
  for (const imported of imports) {
    if (imported.kind !== 'key') continue;
    collected.set(imported.key, [...(collected.get(imported.key) ?? []), imported]);
  }
  return collected;
}

/** The parts of a key's policy in their order: default or replacing statements, statements, admins, services, grants. */
function decideKey(
  key: KeyModel,
  imports: readonly KeyImport[],
  settings: Settings,
  scope: PrincipalScope,
  contextOf: (member: KeyModel | KeyImport) => GrantContext,
): { readonly id?: string; readonly parts: readonly KeyPolicyPart[] } {
  const context = contextOf(key);
  const { diagnostics, links } = context;
  const bind = (references: readonly Located<PrincipalReference>[]) =>
    bindPrincipals(references, key.stack, key.place, scope, diagnostics);
  const principalOf = (grantee: Grantee): PolicyPrincipal | undefined => {
    if (grantee.kind === 'outside') return grantee.principal;
    if (grantee.kind === 'existing') return { kind: 'aws', arn: grantee.arn };
    if (grantee.created.kind === 'group') {
      diagnostics.push(report(groupInStatement, grantee.span, { group: grantee.label }));
      return undefined;
    }
    return { kind: 'aws', arn: links.principalArn(key.stack, grantee.created, { span: grantee.span }) };
  };
  const lower = (statement: Located<StatementDefinition>) => {
    const { effect, notActions } = statement.value;
    const actions = oneOrMore<string>(property(statement, 'actions')).map(({ value }) => value);
    const named = (grantee: Grantee) => {
      if (effect !== 'Deny') context.aliasMovers.note(grantee, notActions === undefined ? actions : ['*'], key.place);
      return principalOf(grantee);
    };
    return lowerStatement(statement, key, { bind, principalOf: named, regions: scope.regions }, diagnostics);
  };

  const start = startingPolicy(key, settings, lower, diagnostics);
  for (const { effect, principals = [], actions = ['*'] } of start.statements) {
    if (effect === 'Deny') continue;
    for (const principal of principals) context.aliasMovers.notePrincipal(principal, actions, key.place);
  }
  const id = key.properties.policyId?.value ?? start.id;
  const base = [...start.statements, ...key.properties.statements.flatMap(lower)];
  const trusts = (actions: readonly string[]) => trustsAccount(base, actions, key.place);
  const placeIn = (context: GrantContext) => (grant: Grant) => placeGrant(key, grant, trusts(grant.actions), context);
  const place = placeIn(context);

  const settled = (statements: readonly Statement[]) =>
    statements.map((statement): KeyPolicyPart => ({ kind: 'settled', statement }));
  const administer = actionsOf('administer', key.traits);
  const parts = [
    ...settled(base),
    ...key.properties.admins.flatMap((reference) =>
      bind([reference]).flatMap((grantee) => {
        diagnostics.push(...callersComeThroughAService(grantee, [], 'admins'));
        return place({
          grantee,
          actions: administer,
          conditions: [],
          writtenIn: key.stack,
          source: provenance(reference),
        });
      }),
    ),
    ...settled(lowerServices(key, diagnostics)),
    ...key.properties.grants.flatMap((grant) =>
      readGrant(grant, key.stack, key.place, key, scope, diagnostics).flatMap(place),
    ),
    ...imports.flatMap((imported) => {
      const own = contextOf(imported);
      return elements<GrantDefinition>(property(imported.definition, 'grants')).flatMap((grant) =>
        readGrant(grant, imported.stack, imported.stack.place, key, scope, own.diagnostics).flatMap(placeIn(own)),
      );
    }),
  ];
  return { ...(id !== undefined && { id }), parts };
}

/** What a key policy starts with; see docs/semantics.md, "The key policy". */
function startingPolicy(
  key: KeyModel,
  settings: Settings,
  lower: (statement: Located<StatementDefinition>) => readonly Statement[],
  diagnostics: Diagnostic[],
): PolicyDocument {
  const trust = key.properties.trustAccountIdentities;
  const policy = key.properties.policy;
  const own = (): PolicyDocument => {
    if (policy === undefined) return { statements: [] };
    const { value } = policy;
    if (Array.isArray(value))
      return { statements: elements(retyped<readonly StatementDefinition[]>(policy, value)).flatMap(lower) };
    // Taken for the usual one when it cannot be read, so that nothing is reported about grants that it would let IAM decide.
    if (key.policyFile === undefined) return { statements: [defaultStatement(key.place, key.nameSpan)] };
    return lowerPolicyFile(key.policyFile, value.because, key.place, settings.regions, diagnostics);
  };
  if (settings.defaultKeyPolicies) {
    if (trust?.value === false) diagnostics.push(report(trustIsDecidedByPolicy, trust.span, { key: key.name }));
    return policy === undefined ? { statements: [defaultStatement(key.place, key.nameSpan)] } : own();
  }
  const first = trust?.value === true ? defaultStatement : legacyAdminStatement;
  const { statements, ...rest } = own();
  return { ...rest, statements: [first(key.place, key.nameSpan), ...statements] };
}

/** The grants on a key that somebody else owns. Says what an import cannot have. */
function readImport(imported: ImportModel, scope: PrincipalScope, context: GrantContext): readonly Grant[] {
  const statements = property(imported.definition, 'statements');
  if (statements !== undefined) {
    context.diagnostics.push(report(statementsOnImport, statements.span, { key: imported.name }));
  }
  if (imported.kind === 'key') return [];
  if (imported.kind === 'lookup' && imported.entry?.keyId === dummyKeyId) {
    const { account, region } = imported.entry;
    context.diagnostics.push(report(dummyUsed, imported.definition.span, { alias: imported.alias, account, region }));
  }
  const { stack } = imported;
  const target = imported.kind === 'lookup' ? imported.entry : undefined;
  const traits = target && { ...target, origin: 'AWS_KMS' as const };
  const described = { name: imported.name, place: imported.place, ...(traits && { traits }) };
  const grants = elements<GrantDefinition>(property(imported.definition, 'grants')).flatMap((definition) =>
    readGrant(definition, stack, stack.place, described, scope, context.diagnostics),
  );
  for (const { grantee, actions } of grants) context.aliasMovers.note(grantee, actions, imported.place);
  return grants;
}

/**
 * The grants, one for each grantee, that one of the language means. `place` is what `${account}` and its like stand for in its
 * text: the stack's that it is written in, or the replica's. `via` and services mean the region of the key, wherever that is.
 */
function readGrant(
  definition: Located<GrantDefinition>,
  writtenIn: StackModel,
  place: Place,
  key: {
    readonly name: string;
    readonly place: Place;
    readonly traits?: KeyModel['traits'];
    readonly stack?: StackModel;
  },
  scope: PrincipalScope,
  diagnostics: Diagnostic[],
): readonly Grant[] {
  const words = oneOrMore<string>(property(definition, 'can'));
  const actions = grantedActions(words, key.traits, key.name, diagnostics);
  const via = viaServices(oneOrMore<string>(property(definition, 'via')), key.place, scope.regions, diagnostics);
  const written = lowerConditions(property(definition, 'when'), place, scope.regions, diagnostics);
  const conditions = joinConditions(written, via, definition.span, diagnostics);
  const grantees = bindPrincipals(
    oneOrMore<PrincipalReference>(property(definition, 'to')),
    writtenIn,
    place,
    scope,
    diagnostics,
    key.place,
  );
  if (actions.length === 0) return [];
  return grantees.flatMap((grantee): Grant[] => {
    if (grantee.kind === 'outside' && grantee.category === 'anyone' && conditions.length === 0) {
      diagnostics.push(everyoneIsNarrowed(grantee.label, grantee.because, grantee.span));
    }
    diagnostics.push(...callersComeThroughAService(grantee, conditions, 'grant'));
    diagnostics.push(...placeIsKnownElsewhere(grantee, written, writtenIn, key.stack, definition.span));
    const { sid } = definition.value;
    return [{ grantee, actions, conditions, writtenIn, source: provenance(definition), ...(sid && { sid }) }];
  });
}

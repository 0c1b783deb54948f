import { type Diagnostic, hasErrors, report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { roleOfAwsWithoutPath } from '../diagnostics/policy.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { afterLastSlash, concat, type Expression, literal } from '../ir/expression.ts';
import { servicePrincipalHost } from '../kms/services/principal-host.ts';
import { viaServiceNames } from '../kms/via-service.ts';
import {
  formProblem,
  type InlinePrincipal,
  identify,
  type PrincipalOfDeployment,
  type PrincipalReference,
} from '../language/principal.ts';
import { elements, type Located, property, retyped } from '../project/located.ts';
import type { Span } from '../source/span.ts';
import { findStack, findStacks } from './find-stack.ts';
import { interpolate, problemsOf, writtenOut } from './interpolate.ts';
import type { BoundReference, CreatedModel, ExistingGrantee, Grantee, OutsideGrantee, StackModel } from './model.ts';
import { accountRoot, inAnyEnvironment, type Place } from './place.ts';
import { arnIsOfSomewhere, isOfPartition, partitionOfArn } from './places-exist.ts';
import { principalHasNoWildcard } from './principal-wildcards.ts';
import type { Scope } from './scope.ts';
import { serviceIsNamedRight } from './service-hosts.ts';

/** The position from which references are bound. */
export interface Viewpoint extends Pick<StackModel, 'created' | 'environment'> {
  /** What `${account}` and the like stand for. */
  readonly place: Place;
  /** The place of the key and of the services that use it; absent if it is the same place. */
  readonly keyPlace?: Place;
  /**
   * The grantees of names that mean the same for every key of a stack, by name. Filled while references are bound: most
   * keys name the same few.
   */
  readonly named?: Map<string, Result<Grantee>>;
}

/** A reference with the grantees it stands for; see `bindPrincipals`. */
export function bindReference(
  reference: Located<PrincipalReference>,
  from: Viewpoint,
  scope: Scope,
): Result<BoundReference> {
  const { value: grantees, diagnostics } = bindPrincipals([reference], from, scope);
  return { value: { reference, grantees }, diagnostics };
}

/**
 * The grantees that references stand for together, each once; `anyOf` is replaced by its members. An unknown name is KW2003, an `anyOf`
 * that contains itself KW2004, a principal of another partition KW2022; these are left out, as is a
 * principal that has an error itself.
 */
export function bindPrincipals(
  references: readonly Located<PrincipalReference>[],
  from: Viewpoint,
  scope: Scope,
): Result<readonly Grantee[]> {
  const collector = createCollector();
  const { principals } = scope.project;
  const { keyPlace = from.place } = from;
  const bound: Grantee[] = [];
  // A list of open groups instead of recursion, and each group once: groups can be nested as deep as there are groups, and each can name
  // the previous one many times.
  const open: { readonly group: string; readonly members: readonly Located<PrincipalReference>[]; next: number }[] = [];
  const done = new Set<string>();
  const bind = (reference: Located<PrincipalReference>, span: Span): void => {
    const { value } = reference;
    const add = (grantee: Grantee) => {
      const label = { value: grantee.label, span };
      const [problem] = partitionsOf(grantee, scope).flatMap((of) =>
        isOfPartition(label, 'principal', of, keyPlace.partition),
      );
      if (problem === undefined) bound.push({ ...grantee, span });
      else collector.add(problem);
    };
    const addBound = (grantee: Result<Grantee>) => {
      collector.add(...grantee.diagnostics);
      if (!hasErrors(grantee.diagnostics)) add(grantee.value);
    };
    const addOfDeployment = (principal: Located<PrincipalOfDeployment>, name?: string) => {
      const candidates = collector.take(findInDeployments(principal, from, scope));
      for (const created of candidates) {
        const label = candidates.length > 1 ? undefined : name;
        const shown = label ?? `${created.stack.name}.${created.name}`;
        add({ kind: 'created', created, label: shown, span, writtenIn: principal.span.file });
      }
    };
    if (typeof value !== 'string') {
      if ('stack' in value) addOfDeployment(retyped(reference, value));
      else addBound(bindInline(retyped(reference, value), undefined, from, scope.project.settings.regions));
      return;
    }
    const created = collector.take(findCreated(retyped(reference, value), from, scope));
    if (created === 'reported') return;
    if (created !== undefined) {
      add({ kind: 'created', created, label: value, span, writtenIn: reference.span.file });
      return;
    }
    const declared = principals.get(value);
    if (declared === undefined && value === everyoneInAccount) {
      add(everyoneIn(keyPlace, span));
      return;
    }
    if (declared === undefined) {
      const candidates = [...from.created.keys(), ...principals.keys()];
      const form = nearest(value, candidates) === undefined ? meantByName(value, keyPlace) : undefined;
      collector.add(report(unknownName, reference.span, { kind: 'principal', name: value, candidates, form }));
      return;
    }
    if ('stack' in declared.value) {
      scope.usedNames.add(value);
      addOfDeployment(retyped(declared, declared.value), value);
      return;
    }
    if (!('anyOf' in declared.value)) {
      addBound(bindNamed(value, retyped(declared, declared.value), from, scope));
      return;
    }
    if (done.has(value)) {
      const start = open.findIndex(({ group }) => group === value);
      if (start < 0) return;
      const cycle = [...open.slice(start).map(({ group }) => group), value];
      collector.add(report(cyclicDefinition, reference.span, { kind: 'principal', cycle }));
      return;
    }
    done.add(value);
    scope.usedNames.add(value);
    const anyOf = property<{ anyOf: PrincipalReference[] }, 'anyOf'>(retyped(declared, declared.value), 'anyOf');
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
  return collector.result(bound.length > 1 ? withoutDoubles(bound) : bound);
}

/** The partitions of a grantee's ARN and of its account, if the project defines the account. */
function partitionsOf(grantee: Grantee, { partitions }: Scope): readonly Expression[] {
  if (grantee.kind === 'created') return [grantee.created.stack.place.partition];
  const home = grantee.account === undefined ? undefined : partitions.get(grantee.account);
  return [...partitionOfArn(arnOf(grantee)), ...(home === undefined ? [] : [literal(home)])];
}

function arnOf(grantee: ExistingGrantee | OutsideGrantee): Expression {
  if (grantee.kind === 'existing') return grantee.arn;
  const { principal } = grantee;
  return principal.kind === 'aws' ? principal.arn : principal.kind === 'federated' ? principal.provider : literal('');
}

/**
 * The name for everyone in the key's account who comes through a service. A project may give the name another meaning;
 * a team's file may not.
 */
export const everyoneInAccount = 'everyoneInAccount';

/** In the form AWS uses in the policies of its own keys. Source: AWS KMS Developer Guide, "kms:CallerAccount". */
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

/** Each grantee once, at its first mention. */
function withoutDoubles(grantees: readonly Grantee[]): readonly Grantee[] {
  const seen = new Map<string, Grantee>();
  for (const grantee of grantees) {
    const identity = identityOf(grantee);
    if (!seen.has(identity)) seen.set(identity, grantee);
  }
  return [...seen.values()];
}

/** Text that is equal for equal grantees. A label is not enough: `logs` may name a role and a service. */
function identityOf(grantee: Grantee): string {
  if (grantee.kind === 'created') return `${grantee.created.stack.name}/${grantee.created.id}`;
  return JSON.stringify({ ...grantee, span: undefined, policyNameIn: undefined, writtenLabel: undefined });
}

function findCreated(
  reference: Located<string>,
  from: Viewpoint,
  scope: Scope,
): Result<CreatedModel | 'reported' | undefined> {
  const [first = '', second] = reference.value.split('.');
  if (second === undefined) return { value: from.created.get(first), diagnostics: [] };
  const form = (inStack: string, environment: string) => principalForm(inStack, environment, second);
  const wantedStack = { stack: retyped(reference, first), environment: undefined, text: reference.value, form };
  const { value: otherStack, diagnostics } = findStack(wantedStack, from, scope);
  if (otherStack === undefined) return { value: 'reported', diagnostics };
  const created = otherStack.created.get(second);
  if (created !== undefined) return { value: created, diagnostics };
  const candidates = [...otherStack.created.keys()].map((name) => `${first}.${name}`);
  const none = `stack \`${first}\` creates no principals; what \`principals\` of the project has is named without a stack`;
  const parameters = { kind: 'principal', name: reference.value, candidates, none };
  const problem = report(unknownName, reference.span, parameters);
  return { value: 'reported', diagnostics: [problem] };
}

function principalForm(stack: string, environment: string, name: string): string {
  return `{ stack: ${stack}, environment: ${environment}, name: ${name} }`;
}

/** What a stack creates in the named environments; anything that does not exist is reported. */
function findInDeployments(
  reference: Located<PrincipalOfDeployment>,
  from: Viewpoint,
  scope: Scope,
): Result<readonly CreatedModel[]> {
  const { stack, environment, name } = reference.value;
  const form = (inStack: string, inEnvironment: string) => principalForm(inStack, inEnvironment, name);
  const wantedStack = {
    stack: property(reference, 'stack') ?? retyped(reference, stack),
    environment: property(reference, 'environment'),
    text: form(stack, environment),
    form,
  };
  const { value: deployments, diagnostics } = findStacks(wantedStack, from, scope);
  const [first] = deployments;
  const created = deployments.flatMap((deployment) => deployment.created.get(name) ?? []);
  if (first === undefined || created.length > 0) return { value: created, diagnostics };
  const span = property(reference, 'name')?.span ?? reference.span;
  const candidates = [...first.created.keys()];
  const related = [{ message: `stack \`${stack}\``, span: first.definition.nameSpan }];
  return { value: [], diagnostics: [report(unknownName, span, { kind: 'principal', name, candidates }, related)] };
}

/** Binds a definition under `principals`, for a key or for all keys of its stack. */
function bindNamed(
  name: string,
  definition: Located<InlinePrincipal>,
  from: Viewpoint,
  { project }: Scope,
): Result<Grantee> {
  const known = from.named?.get(name);
  if (known !== undefined) return known;
  const bound = bindInline(definition, name, from, project.settings.regions);
  if (!identify(definition.value).text.includes('${key}')) from.named?.set(name, bound);
  return bound;
}

/** `name`: the name under `principals`, if the definition has one. */
function bindInline(
  definition: Located<InlinePrincipal>,
  name: string | undefined,
  from: Viewpoint,
  regions: ReadonlySet<string>,
): Result<Grantee> {
  const collector = createCollector();
  const { place, keyPlace = place } = from;
  const { value, span } = definition;
  const { kind, text: raw } = identify(value);
  const located = retyped(definition, raw);
  const { text } = writtenOut(raw, place);
  const interpolated = () => collector.take(interpolate(located, place));
  const label = name === undefined ? (kind === 'anyone' ? 'anyone' : text) : labelOf(name, raw, place);
  const common = { label, span };
  const outside = { ...common, kind: 'outside', conditions: [] } as const;
  const anyone = { kind: 'anyone' } as const;
  if (kind === 'role' || kind === 'user' || kind === 'arn' || kind === 'federated') {
    collector.add(
      ...problemsOf(located, place, (written) => [
        ...principalIsFormed(kind, written),
        ...principalHasNoWildcard(written, 'yaml'),
        ...arnIsOfSomewhere(written, regions),
      ]),
    );
  } else if (kind === 'account') {
    collector.add(...problemsOf(located, place, (written) => principalIsFormed(kind, written)));
  }
  switch (kind) {
    case 'role':
    case 'user': {
      const { mutable = true, policyName }: { mutable?: boolean | undefined; policyName?: string | undefined } =
        value as object; // both kinds have them
      const arn = interpolated();
      const kept = kind === 'role' ? roleOfAws(text) : undefined;
      if (kept?.isUnderItsPath === false) {
        collector.add(report(roleOfAwsWithoutPath, span, { arn: text, path: kept.path }));
      }
      return collector.result({
        ...common,
        kind: 'existing',
        entity: kind,
        arn,
        ...knownAccount(text, place),
        entityName: afterLastSlash(arn),
        ...writtenLabel(raw, text, name, label, from),
        mutable: kept === undefined && mutable,
        ...(policyName !== undefined && { policyName, policyNameIn: span.file }),
      });
    }
    case 'account': {
      const account = interpolated();
      const arn = accountRoot({ partition: place.partition, account });
      const itsAccount = account.kind === 'literal' ? { account: account.text } : {};
      return collector.result({ ...outside, category: kind, principal: { kind: 'aws', arn }, ...itsAccount });
    }
    case 'organization': {
      const conditions = [{ operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: [interpolated()] }];
      return collector.result({ ...outside, category: kind, principal: anyone, conditions });
    }
    case 'orgUnit': {
      // The path of an account directly in the unit is the unit and a slash; accounts further down continue from there.
      const values = [concat(interpolated(), literal('/*'))];
      const conditions = [{ operator: 'ForAnyValue:StringLike', key: 'aws:PrincipalOrgPaths', values }];
      return collector.result({ ...outside, category: 'organization', principal: anyone, conditions });
    }
    case 'service': {
      // A host with placeholders fits every place.
      const isWhole = text.includes('${');
      if (!isWhole) collector.add(...serviceIsNamedRight(located, keyPlace, regions));
      const host = isWhole ? interpolated() : servicePrincipalHost(text, keyPlace);
      return collector.result({ ...outside, category: kind, principal: { kind, host } });
    }
    case 'federated':
      return collector.result({ ...outside, category: kind, principal: { kind, provider: interpolated() } });
    case 'anyone': {
      const { because } = value;
      return collector.result({
        ...outside,
        category: kind,
        principal: anyone,
        ...(because !== undefined && { because }),
      });
    }
    case 'arn': {
      const principal = { kind: 'aws', arn: interpolated() } as const;
      return collector.result({ ...outside, category: 'session', principal, ...knownAccount(text, place) });
    }
  }
}

/** The principal in place that a name without a definition probably stands for. */
function meantByName(name: string, { accounts }: Place): string | undefined {
  if (accounts.has(name)) return `{ account: ${name} }`;
  if (/^o-[a-z0-9]{10,32}$/.test(name)) return `{ organization: ${name} }`;
  if (/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(name)) return `{ orgUnit: "o-…/*/${name}" }`;
  return viaServiceNames.includes(name) ? `{ service: ${name} }` : undefined;
}

/** Checks the form of a text that identifies a principal. */
function principalIsFormed(kind: string, { value, span }: Located<string>): readonly Diagnostic[] {
  const problem = formProblem(kind, value);
  return problem === undefined
    ? []
    : [report(badText, span, { problem, found: JSON.stringify(value), example: undefined })];
}

/**
 * The label of a principal. If the name stands for a different principal for each key, the key is added, because policies on the principal
 * are named after it.
 */
function labelOf(name: string, text: string, { names: { key } }: Place): string {
  return key !== undefined && text.includes('${key}') ? `${name}-${key.text}` : name;
}

/**
 * A principal as the YAML has it, by its name or with placeholders for what its environment decides; nothing if that is its label. A replica
 * has a region and an environment of its own, in which the same text may stand for another principal: its region is added.
 */
function writtenLabel(
  raw: string,
  text: string,
  name: string | undefined,
  label: string,
  { place, environment }: Viewpoint,
): { readonly writtenLabel?: string } {
  const writtenText = writtenOut(raw, inAnyEnvironment(place)).text;
  const written = name === undefined ? writtenText : label;
  const isOfReplica = place.names.environment?.text !== environment.name && place.region.kind === 'literal';
  const isOther = isOfReplica && (writtenText !== text || raw.includes('${region}'));
  const ownLabel = isOther ? `${written}@${place.region.text}` : written;
  return ownLabel === label ? {} : { writtenLabel: ownLabel };
}

/**
 * The path of a role that AWS manages: a service-linked role, or one that IAM Identity Center creates. Customers cannot attach a policy to
 * it. `undefined` for any other role. Source: IAM User Guide, "Create a service-linked role"; IAM Identity Center User Guide, "Referencing
 * permission sets in resource policies".
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

/** The account of an ARN, where `${account}` is the place's own; nothing if only the deployment knows it. */
function knownAccount(arn: string, place: Place): { readonly account?: string } {
  const written = arn.split(':')[4] ?? '';
  const account = written === '${account}' && place.account.kind === 'literal' ? place.account.text : written;
  return /^\d{12}$/.test(account) ? { account } : {};
}

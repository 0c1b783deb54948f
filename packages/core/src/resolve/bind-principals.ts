import { type Diagnostic, hasErrors, report } from '../diagnostics/diagnostic.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { type Expression, literal } from '../ir/expression.ts';
import { viaServiceNames } from '../kms/via-service.ts';
import {
  type InlinePrincipal,
  identify,
  type NamedPrincipal,
  type PrincipalOfDeployment,
  type PrincipalReference,
} from '../language/principal.ts';
import { elements, type Located, type Named, property, retyped } from '../project/located.ts';
import type { Span } from '../source/span.ts';
import { bindInline } from './bind-inline.ts';
import { findStack, findStacks } from './find-stack.ts';
import type { BoundReference, CreatedModel, ExistingGrantee, Grantee, OutsideGrantee } from './model.ts';
import type { Place } from './place.ts';
import { isOfPartition, partitionOfArn } from './places-exist.ts';
import type { Scope } from './scope.ts';
import type { Viewpoint } from './viewpoint.ts';

/** Returns a reference with its grantees; see `bindPrincipals`. */
export function bindReference(
  reference: Located<PrincipalReference>,
  from: Viewpoint,
  scope: Scope,
): Result<BoundReference> {
  const { value: grantees, diagnostics } = bindPrincipals([reference], from, scope);
  return { value: { reference, grantees }, diagnostics };
}

/**
 * The grantees of all references together, each once; `anyOf` is replaced by its members. Reports and leaves out an unknown name (KW2003),
 * an `anyOf` that contains itself (KW2004), and a principal of another partition (KW2022). Also leaves out a principal that has an error
 * itself.
 */
export function bindPrincipals(
  references: readonly Located<PrincipalReference>[],
  from: Viewpoint,
  scope: Scope,
): Result<readonly Grantee[]> {
  const collector = createCollector();
  const bound: Grantee[] = [];
  // Not recursive, since each group can be nested in the one before it. Each group is bound once, since a group can name another group many
  // times.
  const open: { readonly name: string; readonly members: readonly Located<PrincipalReference>[]; next: number }[] = [];
  const opened = new Set<string>();

  const bind = (reference: Located<PrincipalReference>, span: Span): void => {
    const meaning = collector.take(meaningOf(reference, from, scope));
    if ('members' in meaning) openGroup(meaning, reference.span);
    else for (const grantee of meaning) add(grantee, span);
  };
  const add = (grantee: Grantee, span: Span): void => {
    const [problem] = isInPartition(grantee, span, from, scope);
    if (problem === undefined) bound.push({ ...grantee, span });
    else collector.add(problem);
  };
  const openGroup = ({ name, members }: Group, span: Span): void => {
    const start = open.findIndex((group) => group.name === name);
    if (start >= 0) {
      const cycle = [...open.slice(start).map((group) => group.name), name];
      collector.add(report(cyclicDefinition, span, { kind: 'principal', cycle }));
    } else if (!opened.has(name)) {
      opened.add(name);
      open.push({ name, members: members(), next: 0 });
    }
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

/** An `anyOf` under `principals`. */
interface Group {
  readonly name: string;
  readonly members: () => readonly Located<PrincipalReference>[];
}

/** The meaning of one reference: a group, or grantees without errors. */
type Meaning = Group | readonly Grantee[];

function meaningOf(reference: Located<PrincipalReference>, from: Viewpoint, scope: Scope): Result<Meaning> {
  const { value } = reference;
  if (typeof value === 'string') return meaningOfName(retyped(reference, value), from, scope);
  if ('stack' in value) return bindInDeployments(retyped(reference, value), undefined, from, scope);
  return withoutErrors(bindInline(retyped(reference, value), undefined, from, scope.project.settings.regions));
}

function meaningOfName(reference: Located<string>, from: Viewpoint, scope: Scope): Result<Meaning> {
  const { value: name, span } = reference;
  const { value: created, diagnostics } = findCreated(reference, from, scope);
  if (created === 'reported') return { value: [], diagnostics };
  if (created !== undefined) {
    return { value: [{ kind: 'created', created, label: name, span, writtenIn: span.file }], diagnostics };
  }
  const { principals } = scope.project;
  const { keyPlace = from.place } = from;
  const declared = principals.get(name);
  if (declared !== undefined) return meaningOfDefinition(declared, from, scope);
  if (name === everyoneInAccount) return { value: [everyoneIn(keyPlace, span)], diagnostics: [] };
  const candidates = [...from.created.keys(), ...principals.keys()];
  const form = nearest(name, candidates) === undefined ? meantByName(name, keyPlace) : undefined;
  return { value: [], diagnostics: [report(unknownName, span, { kind: 'principal', name, candidates, form })] };
}

function meaningOfDefinition(definition: Named<NamedPrincipal>, from: Viewpoint, scope: Scope): Result<Meaning> {
  const { name, value } = definition;
  if ('stack' in value) {
    scope.usedNames.add(name);
    return bindInDeployments(retyped(definition, value), name, from, scope);
  }
  if (!('anyOf' in value)) return withoutErrors(bindNamed(name, retyped(definition, value), from, scope));
  scope.usedNames.add(name);
  const anyOf = property<{ anyOf: PrincipalReference[] }, 'anyOf'>(retyped(definition, value), 'anyOf');
  return { value: { name, members: () => elements(anyOf) }, diagnostics: [] };
}

/** Binds the principal that a stack creates in one or more environments. `name`: its name under `principals`, if it has one. */
function bindInDeployments(
  principal: Located<PrincipalOfDeployment>,
  name: string | undefined,
  from: Viewpoint,
  scope: Scope,
): Result<readonly Grantee[]> {
  const { span } = principal;
  const { value: all, diagnostics } = findInDeployments(principal, from, scope);
  const grantees = all.map((created): Grantee => {
    const label = (all.length === 1 ? name : undefined) ?? `${created.stack.name}.${created.name}`;
    return { kind: 'created', created, label, span, writtenIn: span.file };
  });
  return { value: grantees, diagnostics };
}

function withoutErrors({ value, diagnostics }: Result<Grantee>): Result<readonly Grantee[]> {
  return { value: hasErrors(diagnostics) ? [] : [value], diagnostics };
}

/** Reports a grantee whose partition is not the key's, at the span that names the grantee. */
function isInPartition(
  grantee: Grantee,
  span: Span,
  { place, keyPlace = place }: Viewpoint,
  scope: Scope,
): readonly Diagnostic[] {
  const label = { value: grantee.label, span };
  return partitionsOf(grantee, scope).flatMap((of) => isOfPartition(label, 'principal', of, keyPlace.partition));
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

/** The name for everyone in the key's account who comes through a service. Only a trusted file may give the name another meaning. */
export const everyoneInAccount = 'everyoneInAccount';

/** Returns the form that AWS uses in the policies of its own keys. Source: AWS KMS Developer Guide, "kms:CallerAccount". */
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
  const none = `stack \`${first}\` creates no principals; a principal under the project’s \`principals\` is named without a stack`;
  const parameters = { kind: 'principal', name: reference.value, candidates, none };
  const problem = report(unknownName, reference.span, parameters);
  return { value: 'reported', diagnostics: [problem] };
}

function principalForm(stack: string, environment: string, name: string): string {
  return `{ stack: ${stack}, environment: ${environment}, name: ${name} }`;
}

/** Finds the principal that a stack creates, in each named environment. Reports a stack, environment or principal that does not exist. */
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

/** Binds a definition under `principals`: once for all keys of a stack, unless the definition contains `${key}`. */
function bindNamed(
  name: string,
  definition: Located<InlinePrincipal>,
  from: Viewpoint,
  { project }: Scope,
): Result<Grantee> {
  const cached = from.named?.get(name);
  if (cached !== undefined) return cached;
  const bound = bindInline(definition, name, from, project.settings.regions);
  if (!identify(definition.value).text.includes('${key}')) from.named?.set(name, bound);
  return bound;
}

/** The inline principal, as YAML, that a name without a definition probably means. */
function meantByName(name: string, { accounts }: Place): string | undefined {
  if (accounts.has(name)) return `{ account: ${name} }`;
  if (/^o-[a-z0-9]{10,32}$/.test(name)) return `{ organization: ${name} }`;
  if (/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(name)) return `{ orgUnit: "o-…/*/${name}" }`;
  return viaServiceNames.includes(name) ? `{ service: ${name} }` : undefined;
}

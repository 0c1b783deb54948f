import { hasErrors, report } from '../diagnostics/diagnostic.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { type Expression, literal } from '../ir/expression.ts';
import { viaServiceNames } from '../kms/via-service.ts';
import {
  type InlinePrincipal,
  identify,
  type PrincipalOfDeployment,
  type PrincipalReference,
} from '../language/principal.ts';
import { elements, type Located, property, retyped } from '../project/located.ts';
import type { Span } from '../source/span.ts';
import { bindInline } from './bind-inline.ts';
import { findStack, findStacks } from './find-stack.ts';
import type { BoundReference, CreatedModel, ExistingGrantee, Grantee, OutsideGrantee } from './model.ts';
import type { Place } from './place.ts';
import { isOfPartition, partitionOfArn } from './places-exist.ts';
import type { Scope } from './scope.ts';
import type { Viewpoint } from './viewpoint.ts';

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
  // A list of open groups instead of recursion, because groups can be nested as deep as there are groups. Each group is bound once, because
  // each can name the previous one many times.
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
 * The name for everyone in the key's account who comes through a service. A trusted file may give the name another meaning; an untrusted
 * one may not.
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
  const none = `stack \`${first}\` creates no principals; a principal under the project’s \`principals\` is named without a stack`;
  const parameters = { kind: 'principal', name: reference.value, candidates, none };
  const problem = report(unknownName, reference.span, parameters);
  return { value: 'reported', diagnostics: [problem] };
}

function principalForm(stack: string, environment: string, name: string): string {
  return `{ stack: ${stack}, environment: ${environment}, name: ${name} }`;
}

/** The principal that a stack creates, in each named environment; a stack, environment or principal that does not exist is reported. */
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

/** Binds a definition under `principals`: once for all keys of a stack, unless its text contains `${key}`. */
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

/** The inline principal, as YAML, that a name without a definition probably stands for. */
function meantByName(name: string, { accounts }: Place): string | undefined {
  if (accounts.has(name)) return `{ account: ${name} }`;
  if (/^o-[a-z0-9]{10,32}$/.test(name)) return `{ organization: ${name} }`;
  if (/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(name)) return `{ orgUnit: "o-…/*/${name}" }`;
  return viaServiceNames.includes(name) ? `{ service: ${name} }` : undefined;
}

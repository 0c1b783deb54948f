import type { Target } from '@keywright/core/emit/emitter';
import type { Expression } from '@keywright/core/ir/expression';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import type { Statement } from '@keywright/core/ir/policy';
import type { Alias, IdentityPolicy, KmsGrant, Output, Resource, Stack, Tag } from '@keywright/core/ir/program';
import type { IdentityPolicyDefinition } from '@keywright/core/language/identity-policy';
import type { ImportDefinition } from '@keywright/core/language/import';
import type { OutputDefinition } from '@keywright/core/language/output';
import type { StackDefinition } from '@keywright/core/language/stack';
import type { Entry, StackSection } from '../draft/draft.ts';
import { withoutUndefined } from '../draft/draft.ts';
import { rawPrincipal } from './created-principals.ts';
import { createImports } from './imports.ts';
import { type KeyAttachments, rawAlias, rawKey, rawKmsGrants, rawReplica, tagged } from './keys.ts';
import { createPins } from './pinned-names.ts';
import { policyEntryNames } from './policy-entry-names.ts';
import { createdName } from './principals.ts';
import { identityStatements } from './statements.ts';
import { Inexpressible, type ReferenceText, textOf } from './text.ts';

/** Why an entry cannot be written. */
export interface Problem {
  readonly entry: Entry;
  readonly problem: string;
  readonly statement?: Statement | undefined;
  /** The targets that can express the entry, if it is only a problem of other targets. */
  readonly expressibleBy?: readonly string[];
}

/** A stack as it was read, with every statement written separately. */
export interface RawStack {
  readonly definition: StackDefinition;
  readonly leftOut: readonly Problem[];
}

export function rawStack(read: Stack, targets: readonly Target<unknown>[]): RawStack {
  const tags = commonTags(read);
  const stack = { ...read, resources: read.resources.map((one) => withoutTags(one, tags)) };
  const leftOut: Problem[] = [];
  const entryNames = policyEntryNames(stack);
  const pins = createPins(stack, entryNames, targets);
  const byTarget = belongingsOf(stack);
  const imports = createImports(stack);
  const referenceText = referenceTexts(stack, imports.nameOf);
  const belongings = (id: string): KeyAttachments => byTarget.get(id) ?? { aliases: [], kmsGrants: [] };

  const entriesOf = entryMaker(stack.name, leftOut);
  const ofKind = <K extends Resource['kind']>(kind: K) =>
    stack.resources.filter((resource): resource is Extract<Resource, { kind: K }> => resource.kind === kind);

  const replicas = ofKind('replicaKey');
  const principals = stack.resources.filter(isPrincipal);
  const created = entriesOf(
    'principals',
    principals,
    ({ name }) => name,
    (principal) => rawPrincipal(principal, stack, pins),
  );
  const keys = entriesOf(
    'keys',
    ofKind('key'),
    ({ name }) => name,
    (key) => {
      const keyReplicas = replicas.filter(({ primary }) => primary === key.id);
      const written = keyReplicas.map((replica) => rawReplica(replica, key, belongings(replica.id), stack, pins));
      return rawKey(key, belongings(key.id), written, stack, pins);
    },
  );
  const identityPolicies = entriesOf(
    'identityPolicies',
    ofKind('identityPolicy'),
    (policy) => entryNames.get(policy) ?? policy.name,
    (policy) => ({ ...rawIdentityPolicy(policy, stack, referenceText), ...pins(policy) }),
  );
  const outputs = entriesOf(
    'outputs',
    stack.outputs,
    ({ name }) => name,
    (output) => rawOutput(output, stack, referenceText, tags),
  );
  // Imports come last, because references to keys of other stacks create them.
  const imported = entriesOf(
    'imports',
    imports.all(),
    ({ name }) => name,
    ({ name, target }): ImportDefinition => {
      const ofImport = belongings(`imports.${name}`);
      return {
        ...imports.definitionOf(target),
        ...(ofImport.aliases.length > 0 && { aliases: ofImport.aliases.map((alias) => rawAlias(alias, pins)) }),
        ...rawKmsGrants(ofImport.kmsGrants, stack, pins),
      };
    },
  );
  const everyTarget = targets.every(({ name }) => stack.targets.includes(name));
  const definition: StackDefinition = withoutUndefined({
    environment: stack.environment.name,
    targets: everyTarget ? undefined : [...stack.targets],
    ...tagged(tags),
    principals: created,
    keys,
    imports: imported,
    identityPolicies,
    outputs,
  });
  return { definition, leftOut };
}

/**
 * Returns a function that makes the entries of a section, or `undefined` if there are none. It adds entries that cannot be written to
 * `leftOut`.
 */
function entryMaker(stack: string, leftOut: Problem[]) {
  return <R, T>(
    section: StackSection,
    items: readonly R[],
    nameOf: (item: R) => string,
    make: (item: R) => T,
  ): Record<string, T> | undefined => {
    const written = items.flatMap((item): [string, T][] => {
      const name = nameOf(item);
      try {
        return [[name, make(item)]];
      } catch (error) {
        if (!(error instanceof Inexpressible)) throw error;
        leftOut.push({ entry: { stack, section, name }, problem: error.message, statement: error.statement });
        return [];
      }
    });
    return written.length === 0 ? undefined : Object.fromEntries(written);
  };
}

/** Maps the id of a key or replica to the aliases and KMS grants that point to it. The id of an imported key is `imports.<name>`. */
function belongingsOf(stack: Stack): ReadonlyMap<string, KeyAttachments> {
  const byHolder = new Map<string, { aliases: Alias[]; kmsGrants: KmsGrant[] }>();
  const of = (target: Expression, keyName: string) => {
    const holder = target.kind === 'reference' ? target.resource : `imports.${keyName}`;
    const entry = byHolder.get(holder) ?? { aliases: [], kmsGrants: [] };
    byHolder.set(holder, entry);
    return entry;
  };
  for (const resource of stack.resources) {
    if (resource.kind === 'alias') of(resource.target, resource.keyName).aliases.push(resource);
    if (resource.kind === 'kmsGrant') of(resource.key, resource.keyName).kmsGrants.push(resource);
  }
  return byHolder;
}

function rawIdentityPolicy(
  { attachTo, policyName, document }: IdentityPolicy,
  stack: Stack,
  referenceText: ReferenceText,
): IdentityPolicyDefinition {
  return {
    attachTo: holder(attachTo, stack),
    // A name that is not literal is Keywright's default, which ends in the region of the deployment.
    ...(policyName.kind === 'literal' && { policyName: policyName.text }),
    statements: identityStatements(document, (part) => replicaArn(part, stack) ?? referenceText(part)),
  };
}

/** Returns the ARN of a replica, with the id that the replica and its primary key have in common. */
function replicaArn(part: Parameters<ReferenceText>[0], { resources }: Stack): string | undefined {
  if (part.kind !== 'reference' || part.attribute !== 'arn') return undefined;
  const replica = resources.find(({ id }) => id === part.resource);
  if (replica?.kind !== 'replicaKey') return undefined;
  return `arn:\${partition}:kms:${replica.region}:\${account}:key/\${keys.${replica.name}.id}`;
}

function holder({ kind, name }: IdentityPolicy['attachTo'], stack: Stack): IdentityPolicyDefinition['attachTo'] {
  if (name.kind === 'reference') return createdName(name, stack);
  const arn = `arn:\${partition}:iam::\${account}:${kind}/${textOf(name)}`;
  if (kind === 'group') throw new Inexpressible('no text can refer to a group that exists already');
  return kind === 'role' ? { role: arn } : { user: arn };
}

/**
 * Returns the tags of a stack. The parameter of an output cannot have tags of its own. So the tags of the first such parameter are those of
 * the stack, if everything else that has tags has them too. Otherwise, the stack has none.
 */
function commonTags({ resources }: Stack): readonly Tag[] {
  const first = resources.find((one) => one.kind === 'sharedParameter' && one.output !== undefined);
  if (first?.kind !== 'sharedParameter') return [];
  const tagged = resources.flatMap((one) => ('tags' in one && one.kind !== 'sharedParameter' ? [one.tags] : []));
  const isEverywhere = tagged.every((tags) => {
    const texts = new Set(tags.map((tag) => JSON.stringify(tag)));
    return first.tags.every((tag) => texts.has(JSON.stringify(tag)));
  });
  return isEverywhere ? first.tags : [];
}

/** Removes the tags that a resource has from its stack. A parameter is unchanged, since all its tags are from the stack. */
function withoutTags(resource: Resource, tags: readonly Tag[]): Resource {
  if (!('tags' in resource) || resource.kind === 'sharedParameter') return resource;
  return { ...resource, tags: resource.tags.filter(({ name }) => !tags.some((tag) => tag.name === name)) };
}

/** Returns how the texts of a stack refer to its own keys and to imported keys. */
function referenceTexts(stack: Stack, importOf: (target: Expression) => string | undefined): ReferenceText {
  const firstAliases = new Map<string, string>();
  for (const { kind, id, ...rest } of stack.resources) {
    if (kind !== 'alias' || !('target' in rest) || rest.target.kind !== 'reference') continue;
    if (!firstAliases.has(rest.target.resource)) firstAliases.set(rest.target.resource, id);
  }
  const byId = new Map(stack.resources.map((resource) => [resource.id, resource]));
  return (part) => {
    if (part.kind === 'crossStack') {
      const [, attribute] = /^keys\..+\.(arn|id)$/.exec(part.export) ?? [];
      const name = attribute === undefined ? undefined : importOf(part);
      return name === undefined ? undefined : `\${imports.${name}.${attribute}}`;
    }
    const resource = byId.get(part.resource);
    if (resource?.kind === 'key' && part.attribute !== 'name') return `\${keys.${resource.name}.${part.attribute}}`;
    if (resource?.kind !== 'alias') return undefined;
    const attribute = part.attribute === 'name' ? 'aliasName' : 'aliasArn';
    if (resource.target.kind !== 'reference') return `\${imports.${resource.keyName}.${attribute}}`;
    const isFirst = firstAliases.get(resource.target.resource) === resource.id;
    return isFirst && resource.region === undefined ? `\${keys.${resource.keyName}.${attribute}}` : undefined;
  };
}

/** Writes an output. It has the long form only if it consists of more than a value. */
function rawOutput(
  { name, value, description, exportName }: Output,
  { resources }: Stack,
  referenceText: ReferenceText,
  tags: readonly Tag[],
): OutputDefinition {
  const text = textOf(value, referenceText);
  const held = resources.find((one) => one.kind === 'sharedParameter' && one.output === name);
  const parameter = held?.kind === 'sharedParameter' ? held.parameterName : undefined;
  if (held?.kind === 'sharedParameter' && JSON.stringify(held.tags) !== JSON.stringify(tags)) {
    throw new Inexpressible(
      'the tags of its SSM parameter differ from those of its stack, and the parameter cannot have tags of its own',
    );
  }
  if (description === undefined && exportName === undefined && parameter === undefined) return text;
  return {
    value: text,
    ...(description !== undefined && { description }),
    ...(exportName !== undefined && { export: textOf(exportName, referenceText) }),
    ...(parameter !== undefined && { parameter }),
  };
}

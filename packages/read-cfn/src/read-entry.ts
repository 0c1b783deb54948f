import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { type Expression, expressionKey } from '@keywright/core/ir/expression';
import type { Alias, Group, Key, ReplicaKey, Role, SharedParameter, User } from '@keywright/core/ir/program';
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import { expressionOf, Unknown } from '@keywright/core/reading/source-value';
import type { Place } from '@keywright/core/resolve/place';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { AliasIds } from './alias-ids.ts';
import type { Entry, Identity } from './entries.ts';
import type { Evaluator } from './evaluate/evaluate.ts';
import { type InlinePolicy, inlineDocuments, readInlinePolicies } from './inline-policies.ts';
import type { Properties } from './properties.ts';
import {
  type Base,
  baseOf,
  propertyNames,
  readGroup,
  readKey,
  readReplicaKey,
  readRole,
  readUser,
} from './resources.ts';
import { readMappedTags } from './tags.ts';
import type { Template } from './template.ts';

/** A replica in a separate template; `primary` is the ARN of its primary key. */
export interface LooseReplica {
  readonly kind: 'looseReplica';
  readonly replica: Omit<ReplicaKey, 'spec' | 'usage' | 'origin' | 'region' | 'environmentName' | 'primary'>;
  readonly primary: Expression;
}

export type ResourceOfEntry = Key | LooseReplica | Alias | Role | User | Group | SharedParameter;

/**
 * The result of reading an entry. `resource` is `undefined` if the entry has nothing to do with keys or cannot be read; then `problems` say
 * why.
 */
export interface Outcome {
  readonly resource: ResourceOfEntry | undefined;
  readonly problems: readonly Diagnostic[];
  /** The policies about KMS in a role, user or group. */
  readonly inline?: readonly InlinePolicy[];
}

export interface EntryContext {
  readonly template: Template;
  readonly place: Place;
  readonly evaluator: Evaluator;
  readonly properties: (entry: Entry, names: readonly string[]) => Properties;
  readonly aliasIds: AliasIds;
}

export function readEntry(entry: Entry, { id, kind, name }: Identity, context: EntryContext): Outcome {
  const { evaluator, place } = context;
  const fields = context.properties(entry, propertyNames[kind]);
  const base = baseOf(entry, id, name);
  switch (kind) {
    case 'key':
      return complete(fields, readKey(base, removalOf(entry, fields, evaluator), fields, place));
    case 'replicaKey': {
      const primary = fields.requiredText('PrimaryKeyArn', 'the ARN of a key');
      const replica = readReplicaKey(base, removalOf(entry, fields, evaluator), fields);
      return complete(fields, primary && { kind: 'looseReplica', replica, primary });
    }
    case 'alias':
      return complete(fields, readAlias(entry, fields, context));
    case 'role':
      return withInline(fields, readRole(base, fields));
    case 'user':
      return withInline(fields, readUser(base, fields));
    case 'group':
      return withInline(fields, readGroup(base, fields));
    case 'sharedParameter':
      return readSharedParameter(entry, base, fields, context);
  }
}

function complete({ problems }: Properties, resource: ResourceOfEntry | undefined): Outcome {
  return problems.length === 0 ? { resource, problems: [] } : { resource: undefined, problems };
}

/** A principal with policies unrelated to KMS stays in its template, because Keywright would not write these policies. */
function withInline(fields: Properties, resource: Role | User | Group): Outcome {
  const documents = inlineDocuments(fields);
  const inline = readInlinePolicies(fields);
  if (!documents.every(concernsKms)) fields.refuse('Policies', 'policies that are about KMS');
  const { problems } = fields;
  return problems.length === 0
    ? { resource, problems, inline }
    : { resource: undefined, problems, ...(documents.some(concernsKms) && { inline: [] }) };
}

function readAlias(entry: Entry, fields: Properties, { aliasIds }: EntryContext): Alias | undefined {
  const aliasName = fields.plainText('AliasName');
  const target = fields.requiredText('TargetKeyId', 'the id or ARN of a key');
  if (aliasName === undefined || !aliasName.startsWith('alias/')) {
    if (aliasName !== undefined || fields.seen('AliasName') === undefined)
      fields.refuse('AliasName', 'a name that starts with `alias/`');
    return undefined;
  }
  if (target === undefined) return undefined;
  if (isAlias(target)) return fields.refuse('TargetKeyId', 'the id or ARN of a key, not an alias');
  const { id, keyName } = aliasIds(entry, aliasName, target);
  const { name: _, ...base } = baseOf(entry, id, '');
  return {
    kind: 'alias',
    ...base,
    aliasName,
    keyName,
    target: target.kind === 'reference' ? { kind: 'reference', resource: target.resource, attribute: 'id' } : target,
  };
}

/** KMS does not accept an alias as the target of an alias. */
function isAlias(target: Expression): boolean {
  return target.kind === 'reference'
    ? target.resource.startsWith('alias/')
    : target.kind === 'literal' && /^(arn:.*:)?alias\//.test(target.text);
}

/**
 * Reads only parameters with which Keywright shares values, and parameters with the value of an output. Other parameters have nothing to do
 * with keys.
 */
function readSharedParameter(
  entry: Entry,
  { name: _, ...base }: Base,
  fields: Properties,
  { template, evaluator }: EntryContext,
): Outcome {
  const body = isMapping(entry.body.Properties) ? entry.body.Properties : {};
  const parameterName = evaluator.at(body, 'Name');
  if (typeof parameterName !== 'string') return { resource: undefined, problems: [] };
  const isBetweenStacks = parameterName.startsWith(sharedParameterPrefix);
  const output = isBetweenStacks ? undefined : outputOf(entry, body, template, evaluator);
  if (output === undefined && !isBetweenStacks) return { resource: undefined, problems: [] };
  const value = fields.requiredText('Value', 'text');
  fields.oneOf('Type', ['String']);
  const tags = readMappedTags(fields);
  const what = { parameterName, ...(output !== undefined && { output }) };
  return complete(fields, value && { kind: 'sharedParameter', ...base, ...what, value, tags });
}

/** Returns the output with the same value as a parameter whose logical id is `<output>Parameter`. */
function outputOf(
  { logicalId }: Entry,
  properties: Mapping,
  { outputs }: Template,
  evaluator: Evaluator,
): string | undefined {
  const output = /^(.+)Parameter$/.exec(logicalId)?.[1];
  if (output === undefined || !Object.hasOwn(outputs, output)) return undefined;
  const definition = outputs[output];
  if (!isMapping(definition)) return undefined;
  const [shown, held] = [definition, properties].map((each) => expressionOf(evaluator.at(each, 'Value')));
  return shown && held && expressionKey(shown) === expressionKey(held) ? output : undefined;
}

function removalOf(entry: Entry, fields: Properties, evaluator: Evaluator): Key['removal'] {
  const policy = evaluator.at(entry.body, 'DeletionPolicy');
  if (policy instanceof Unknown) fields.refuseUnknown('DeletionPolicy', policy);
  else if (policy === 'Delete') return 'destroy';
  else if (policy !== undefined && policy !== 'Retain' && policy !== 'RetainExceptOnCreate')
    fields.refuse('DeletionPolicy', 'Retain, RetainExceptOnCreate or Delete');
  return 'retain';
}

import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Expression, expressionKey, literal } from '@keywright/core/ir/expression';
import type { Alias, Group, Key, ReplicaKey, Role, SharedParameter, User } from '@keywright/core/ir/program';
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import { Computed, expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { formatArn, type Place, placeOf } from '@keywright/core/resolve/place';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { unexpectedValue } from './diagnostics.ts';
import { type Entry, entriesOf, idsOf } from './entries.ts';
import { createEvaluator, type Evaluator } from './evaluate/evaluate.ts';
import { settled } from './evaluate/settle.ts';
import { valueOfExpression } from './evaluate/text.ts';
import { createNames } from './names.ts';
import { parameterValue, pseudoParameter, type Sources } from './parameters.ts';
import { type InlinePolicy, type Properties, propertiesOf } from './properties.ts';
import { type Base, propertyNames, readGroup, readKey, readReplicaKey, readRole, readUser } from './resources.ts';
import type { Template } from './template.ts';

/** A replica in its own template; `primary` is the ARN of its primary key. */
export interface LooseReplica {
  readonly kind: 'looseReplica';
  readonly replica: Omit<ReplicaKey, 'spec' | 'usage' | 'origin' | 'region' | 'environmentName' | 'primary'>;
  readonly primary: Expression;
}

export type ReadResource = Key | LooseReplica | Alias | Role | User | Group | SharedParameter;

/**
 * The result of reading an entry: `undefined` with a problem if it cannot be read, or without one if the entry is not
 * about keys.
 */
export interface Outcome {
  readonly resource: ReadResource | undefined;
  readonly problems: readonly Diagnostic[];
  /** Policies about KMS that are part of a role, user or group. */
  readonly inline?: readonly InlinePolicy[];
}

/** A template whose names have been resolved. */
export interface OpenTemplate {
  readonly template: Template;
  /** The name of its stack in the program. */
  readonly name: string;
  readonly place: Place;
  readonly evaluator: Evaluator;
  readonly entries: readonly Entry[];
  readonly entryOf: (logicalId: string) => Entry | undefined;
  /** The template's logical id for the key or principal with an id; `undefined` if it has none. */
  readonly logicalIdOf: (id: string) => string | undefined;
  /** Problems with entries that cannot even be classified. */
  readonly problems: readonly Diagnostic[];
  /** Whether an entry's condition holds. */
  readonly isMade: (entry: Entry) => boolean | Unknown;
  readonly attribute: (logicalId: string, attribute: string) => SourceValue;
  readonly read: (entry: Entry) => Outcome;
  readonly properties: (entry: Entry, names: readonly string[]) => Properties;
  readonly base: (entry: Entry, id: string, name: string) => Base;
}

export function openTemplate(template: Template, name: string, sources: Sources): OpenTemplate {
  const place = placeOf(template.environment);
  const problems: Diagnostic[] = [];
  const entries = entriesOf(template, problems);
  const byId = new Map(entries.map((entry) => [entry.logicalId, entry]));
  const ids = idsOf(entries);
  const identityOf = new Map([...ids.values()].map((identity) => [identity.id, identity]));
  const outcomes = new Map<string, Outcome | 'open'>();
  const importNames = createNames();
  const nameOfImport = new Map<string, string>();
  const takenIds = new Set<string>();

  const isMade = (entry: Entry): boolean | Unknown => {
    const condition = entry.body.Condition;
    if (condition === undefined) return true;
    return typeof condition === 'string'
      ? evaluator.condition(condition)
      : new Unknown('it is not the name of a condition', 'correct it in the template');
  };

  const attribute = (logicalId: string, wanted: string): SourceValue => {
    const called = wanted === 'Ref' ? logicalId : `${logicalId}.${wanted}`;
    const parameterText = sources.given(called);
    if (parameterText !== undefined) return parameterText;
    const entry = byId.get(logicalId);
    if (entry === undefined) return new Unknown(`the template has no resource ${logicalId}`, 'correct the name');
    if (isMade(entry) === false)
      return new Unknown(
        `${logicalId} is not created because its condition does not hold`,
        'correct it in the template',
      );
    const { id = '', kind } = ids.get(logicalId) ?? {};
    const reference = (attributeOfIt: 'arn' | 'id' | 'name') =>
      new Computed({ kind: 'reference', resource: id, attribute: attributeOfIt });
    const isArn = wanted === 'Arn';
    const unknown = (because: string) =>
      new Unknown(
        `${logicalId} (${entry.type}) gets its ${wanted === 'Ref' ? 'name' : wanted} when it is deployed${because}`,
        `write the value, or give it with \`--parameters\` as "${called}"`,
      );
    switch (kind) {
      case 'key':
      case 'replicaKey':
        if (isArn) return reference('arn');
        return wanted === 'Ref' || wanted === 'KeyId' ? reference('id') : unknown('');
      case 'alias': {
        const { resource } = outcomeOf(entry);
        if (wanted !== 'Ref' || resource?.kind !== 'alias') return unknown('');
        return new Computed({ kind: 'reference', resource: resource.id, attribute: 'name' });
      }
      case 'role':
      case 'user':
      case 'group': {
        if (!isArn && wanted !== 'Ref') return unknown('');
        if (outcomes.get(logicalId) === 'open') return reference(isArn ? 'arn' : 'name');
        const { resource, problems: why } = outcomeOf(entry);
        if (resource !== undefined) return reference(isArn ? 'arn' : 'name');
        return nameOfPrincipal(entry, kind, isArn) ?? unknown(`, and stays in its template: ${why[0]?.message}`);
      }
      case 'sharedParameter':
      case undefined:
        return unknown('');
    }
  };

  /** The ARN or name of a role, user or group that the IR cannot express, if the template gives it a name. */
  const nameOfPrincipal = (entry: Entry, kind: 'role' | 'user' | 'group', isArn: boolean): SourceValue | undefined => {
    const fields = isMapping(entry.body.Properties) ? entry.body.Properties : {};
    const nameProperty = { role: 'RoleName', user: 'UserName', group: 'GroupName' }[kind];
    const physicalName = evaluator.at(fields, nameProperty);
    const path = evaluator.at(fields, 'Path') ?? '/';
    if (typeof physicalName !== 'string' || typeof path !== 'string') return undefined;
    return isArn ? valueOfExpression(formatArn(place, 'iam', literal(`${kind}${path}${physicalName}`))) : physicalName;
  };

  const evaluator = createEvaluator(template, {
    ref(called) {
      const pseudo = called.startsWith('AWS::')
        ? pseudoParameter(called, template.file.stackName, place, sources)
        : undefined;
      if (pseudo !== undefined) return pseudo;
      if (Object.hasOwn(template.parameters, called))
        return parameterValue(called, template.parameters[called], sources);
      return attribute(called, 'Ref');
    },
    attribute,
    exported: sources.exported,
    settled: (expression) => settled(expression, place, ({ resource }) => resource.split('/', 1)[0] ?? ''),
  });

  const properties = (entry: Entry, names: readonly string[]) =>
    propertiesOf(entry, names, template, evaluator, place.partition);

  const base = (entry: Entry, id: string, called: string): Base => ({
    id,
    name: called,
    names: { cfn: entry.logicalId },
    dependsOn: [], // The dependencies of a stack's resources are resolved together later.
    source: { span: entry.span },
  });

  const outcomeOf = (entry: Entry): Outcome => {
    const before = outcomes.get(entry.logicalId);
    if (before === 'open') {
      const span = entry.span;
      const expected = 'something that does not depend on itself';
      return {
        resource: undefined,
        problems: [report(unexpectedValue, span, { resource: entry.logicalId, property: 'Properties', expected })],
      };
    }
    if (before !== undefined) return before;
    outcomes.set(entry.logicalId, 'open');
    const outcome = readEntry(entry);
    outcomes.set(entry.logicalId, outcome);
    return outcome;
  };

  const readEntry = (entry: Entry): Outcome => {
    const identity = ids.get(entry.logicalId);
    if (identity === undefined) return { resource: undefined, problems: [] };
    const { kind } = identity;
    const fields = properties(entry, propertyNames[kind]);
    const whole = (resource: ReadResource | undefined): Outcome =>
      fields.problems.length === 0 ? { resource, problems: [] } : { resource: undefined, problems: fields.problems };
    const resourceBase = base(entry, identity.id, identity.name);
    switch (kind) {
      case 'key':
        return whole(readKey(resourceBase, removalOf(entry, fields), fields, place));
      case 'replicaKey': {
        const primary = fields.requiredText('PrimaryKeyArn', 'the ARN of a key');
        const replica = readReplicaKey(resourceBase, removalOf(entry, fields), fields);
        return whole(primary && { kind: 'looseReplica', replica, primary });
      }
      case 'alias':
        return whole(readAlias(entry, fields));
      case 'role':
        return withInline(fields, readRole(resourceBase, fields));
      case 'user':
        return withInline(fields, readUser(resourceBase, fields));
      case 'group':
        return withInline(fields, readGroup(resourceBase, fields));
      case 'sharedParameter':
        return readSharedParameter(resourceBase, entry, fields);
    }
  };

  /** A principal with policies unrelated to KMS stays in its template: nothing else would write them. */
  const withInline = (fields: Properties, resource: Role | User | Group): Outcome => {
    const seen = fields.seen('Policies') ?? [];
    const documents = Array.isArray(seen) ? (seen as readonly SourceValue[]).map(documentOfInline) : [];
    const inline = fields.inlinePolicies();
    if (!documents.every(concernsKms)) fields.refuse('Policies', 'policies that are about KMS');
    const { problems } = fields;
    return problems.length === 0
      ? { resource, problems, inline }
      : { resource: undefined, problems, ...(documents.some(concernsKms) && { inline: [] }) };
  };

  const readAlias = (entry: Entry, fields: Properties): Alias | undefined => {
    const aliasName = fields.plainText('AliasName');
    const target = fields.requiredText('TargetKeyId', 'the id or ARN of a key');
    if (aliasName === undefined || !aliasName.startsWith('alias/')) {
      if (aliasName !== undefined || fields.seen('AliasName') === undefined)
        fields.refuse('AliasName', 'a name that starts with `alias/`');
      return undefined;
    }
    if (target === undefined) return undefined;
    // KMS does not accept an alias as the target of another alias.
    const isAlias =
      target.kind === 'reference'
        ? target.resource.startsWith('alias/')
        : target.kind === 'literal' && /^(arn:.*:)?alias\//.test(target.text);
    if (isAlias) return fields.refuse('TargetKeyId', 'the id or ARN of a key, not an alias');
    const key = target.kind === 'reference' ? target.resource : undefined;
    const holder = key === undefined ? undefined : identityOf.get(key);
    const keyName = holder?.name ?? importName(target, aliasName);
    const path = aliasName.slice('alias/'.length);
    const { name: _, ...rest } = base(
      entry,
      freeId(`alias/${holder === undefined ? 'imports.' : ''}${keyName}/${path}`, entry),
      '',
    );
    return {
      kind: 'alias',
      ...rest,
      aliasName,
      keyName,
      target: key === undefined ? target : { kind: 'reference', resource: key, attribute: 'id' },
    };
  };

  const importName = (target: Expression, aliasName: string): string => {
    const key = expressionKey(target);
    const called = nameOfImport.get(key) ?? importNames(aliasName.slice('alias/'.length));
    nameOfImport.set(key, called);
    return called;
  };

  const freeId = (id: string, { logicalId }: Entry): string => {
    const free = takenIds.has(id) ? `${id}/${logicalId}` : id;
    takenIds.add(free);
    return free;
  };

  /** Reads only parameters by which Keywright shares values, and those of its outputs; others are unrelated to keys. */
  const readSharedParameter = (resourceBase: Base, entry: Entry, fields: Properties): Outcome => {
    const body = isMapping(entry.body.Properties) ? entry.body.Properties : {};
    const called = evaluator.at(body, 'Name');
    if (typeof called !== 'string') return { resource: undefined, problems: [] };
    const isBetweenStacks = called.startsWith(sharedParameterPrefix);
    const output = isBetweenStacks ? undefined : outputOf(entry, body);
    if (output === undefined && !isBetweenStacks) return { resource: undefined, problems: [] };
    const value = fields.requiredText('Value', 'text');
    fields.oneOf('Type', ['String']);
    const tags = fields.mappedTags();
    if (value === undefined || fields.problems.length > 0) return { resource: undefined, problems: fields.problems };
    const { name: _, ...rest } = resourceBase;
    const parameter = { parameterName: called, ...(output !== undefined && { output }), value, tags };
    return { resource: { kind: 'sharedParameter', ...rest, ...parameter }, problems: [] };
  };

  /** The output that has a parameter's value, and from whose name the parameter's logical id is made. */
  const outputOf = ({ logicalId }: Entry, properties: Mapping): string | undefined => {
    const output = /^(.+)Parameter$/.exec(logicalId)?.[1];
    if (output === undefined || !Object.hasOwn(template.outputs, output)) return undefined;
    const definition = template.outputs[output];
    if (!isMapping(definition)) return undefined;
    const [shown, held] = [definition, properties].map((each) => expressionOf(evaluator.at(each, 'Value')));
    return shown && held && expressionKey(shown) === expressionKey(held) ? output : undefined;
  };

  const removalOf = (entry: Entry, fields: Properties): 'retain' | 'destroy' => {
    const policy = evaluator.at(entry.body, 'DeletionPolicy');
    if (policy instanceof Unknown) fields.refuseUnknown('DeletionPolicy', policy);
    else if (policy === 'Delete') return 'destroy';
    else if (policy !== undefined && policy !== 'Retain' && policy !== 'RetainExceptOnCreate')
      fields.refuse('DeletionPolicy', 'Retain, RetainExceptOnCreate or Delete');
    return 'retain';
  };

  return {
    template,
    name,
    place,
    evaluator,
    entries,
    entryOf: (logicalId) => byId.get(logicalId),
    logicalIdOf: (id) => identityOf.get(id)?.logicalId,
    problems,
    isMade,
    attribute,
    read: outcomeOf,
    properties,
    base,
  };
}

function documentOfInline(policy: SourceValue): SourceValue | undefined {
  if (typeof policy !== 'object' || policy === null || policy instanceof Computed || policy instanceof Unknown)
    return undefined;
  return (policy as Readonly<Record<string, SourceValue>>).PolicyDocument; // a list has none
}

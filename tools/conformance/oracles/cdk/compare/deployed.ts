import type { CreatedModel, KeyModel, StackModel } from '@keywright/core/resolve/model';
import type { DeploymentStep } from '../../../../../packages/emit-cfn/src/deployment-steps.test-support.ts';
import type { Place } from '../source/places.ts';
import { keyLabel } from '../source/who.ts';
import { type PolicyOwner, readPolicy, type Statement } from './policy.ts';
import { evaluate, type Names, type Template, type TemplateResource } from './template.ts';

/** The element of the model that a resource of a template corresponds to. */
export type Identity =
  | { readonly kind: 'key'; readonly key: KeyModel }
  | { readonly kind: 'principal'; readonly created: CreatedModel }
  | { readonly kind: 'alias'; readonly aliasName: string };

/** A template, and the facts that are needed to know what it creates. */
export interface DeployedTemplate {
  /** The stack of the model. */
  readonly stack: StackModel;
  /** The name of the CloudFormation stack. */
  readonly stackName: string;
  readonly place: Place;
  readonly template: Template;
  readonly identities: ReadonlyMap<string, Identity>;
  /** The user's outputs, by logical id. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Returns where a parameter gets its value from: an output of a CloudFormation stack. */
  readonly given: (parameter: string) => DeploymentStep['parameters'][string] | undefined;
  /** For an SSM parameter that no template creates, returns its value, and the stack of another tool that creates it. */
  readonly elsewhere: (parameterName: string) => { readonly value: string; readonly from: string } | undefined;
}

export interface Policy {
  readonly owner: PolicyOwner;
  readonly statements: readonly Statement[];
}

interface Properties {
  /** The stack of the model whose template has these properties. */
  readonly stack: string;
  readonly values: ReadonlyMap<string, string>;
}

/** The policies, properties and facts that templates create, under names that are the same for both sides. */
export interface Deployed {
  /** The policies, by the label of the owner. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** The properties of resources and the values of outputs, by owner, then by property. */
  readonly properties: ReadonlyMap<string, Properties>;
  /** Sentences such as `first exports arn:…`, `second reads arn:… of first` or `second depends on first`. */
  readonly facts: ReadonlySet<string>;
}

/** Everything in any place that templates can refer to, under names that are the same for both sides. */
export class World {
  readonly #places: ReadonlyMap<StackModel, Place>;
  /** Maps the form that a generated name has in the tool's templates to the name that is the same for both sides. */
  readonly #madeUp = new Map<string, string>();

  readonly #isMadeUp: (name: string, created: CreatedModel) => boolean;

  /** `isMadeUp` says whether a tool would generate this name for a principal. Other names are compared as they are. */
  constructor(
    places: ReadonlyMap<StackModel, Place>,
    isMadeUp: (name: string, created: CreatedModel) => boolean = () => true,
  ) {
    this.#places = places;
    this.#isMadeUp = isMadeUp;
  }

  /** Returns an attribute of something that a template creates, or that is created in its place. */
  attribute(identity: Identity, attribute: string, template: { readonly place: Place }): string {
    switch (identity.kind) {
      case 'alias':
        if (attribute !== 'Ref') break;
        return identity.aliasName;
      case 'key': {
        const id = keyId(identity.key);
        if (attribute === 'Ref' || attribute === 'KeyId') return id;
        if (attribute !== 'Arn') break;
        const { partition, region, account } = template.place;
        return `arn:${partition}:kms:${region}:${account}:key/${id}`;
      }
      case 'principal': {
        const { created } = identity;
        const name = principalName(created);
        if (attribute === 'Ref') return name;
        if (attribute !== 'Arn') break;
        const { partition, account } = this.#places.get(created.stack) ?? template.place;
        return `arn:${partition}:iam::${account}:${created.kind}/${name}`;
      }
    }
    throw new Error(`${identity.kind} has no ${attribute}`);
  }

  /** Remembers the name of a principal that a tool generated because others have to know it beforehand. */
  remember(name: string, created: CreatedModel): void {
    if (created.givenName === undefined && this.#isMadeUp(name, created)) this.#madeUp.set(name, madeUpName(created));
  }

  /** Replaces generated names in a text by names that are the same for both sides. */
  shared(text: string): string {
    const [, before = '', name = text] = /^(arn:.*:(?:role|user|group)\/)([^/]*)$/.exec(text) ?? [];
    const known = this.#madeUp.get(name);
    return known === undefined ? text : before + known;
  }
}

/** The name of a principal in IAM. It is the same for both sides. */
export function principalName(created: CreatedModel): string {
  return created.givenName?.text ?? madeUpName(created);
}

function madeUpName(created: CreatedModel): string {
  return `<name of ${created.stack.name}.${created.name}>`;
}

/** A replica has the id of its primary. */
function keyId(key: KeyModel): string {
  return `<id of ${key.stack.name}.${key.name}>`;
}

const nameProperties = ['RoleName', 'UserName', 'GroupName'] as const;
const attachments = { Roles: 'role', Users: 'user', Groups: 'group' } as const;

/** Returns what templates create if they are deployed together. `sharing` says whether a tool needs a resource only to pass values on. */
export function deploy(
  templates: readonly DeployedTemplate[],
  world: World,
  sharing: (logicalId: string, resource: TemplateResource) => boolean,
): Deployed {
  const policies = new Map<string, Policy>();
  const properties = new Map<string, Properties>();
  const facts = new Set<string>();
  const namesOf = names(templates, world, facts);
  for (const template of templates) rememberNames(template, world);
  for (const template of templates) {
    const stack = template.stack.name;
    const value = (raw: unknown) => share(evaluate(raw, namesOf(template)), world);
    const deployment: Deployment = {
      template,
      value,
      addPolicy: (kind, label, document) => {
        const others = policies.get(label)?.statements ?? [];
        const statements = new Map(
          [...others, ...readPolicy(value(document))].map((statement) => [JSON.stringify(statement), statement]),
        );
        policies.set(label, { owner: { kind, label, stack }, statements: [...statements.values()] });
      },
      addProperties: (label, values) => properties.set(label, { stack, values }),
      addFact: (fact) => facts.add(fact),
    };
    for (const [logicalId, resource] of resourcesOf(template)) {
      if (sharing(logicalId, resource)) continue;
      if (resource.Type === 'AWS::IAM::Policy') addIdentityPolicies(resource, deployment);
      else addResource(logicalId, resource, deployment);
    }
    addOutputs(deployment);
  }
  return { policies, properties, facts };
}

/** A template as it is deployed, and what its deployment adds. */
interface Deployment {
  readonly template: DeployedTemplate;
  readonly value: (raw: unknown) => unknown;
  readonly addPolicy: (kind: PolicyOwner['kind'], label: string, document: unknown) => void;
  readonly addProperties: (label: string, values: Properties['values']) => void;
  readonly addFact: (fact: string) => void;
}

function rememberNames(template: DeployedTemplate, world: World): void {
  for (const [logicalId, { Properties = {} }] of resourcesOf(template)) {
    const identity = template.identities.get(logicalId);
    if (identity?.kind !== 'principal') continue;
    for (const property of nameProperties) {
      const name = Properties[property];
      if (typeof name === 'string') world.remember(name, identity.created);
    }
  }
}

function addIdentityPolicies({ Properties = {} }: TemplateResource, { template, value, addPolicy }: Deployment): void {
  const { PolicyName, PolicyDocument, ...attached } = Properties;
  for (const [property, holders] of Object.entries(attached)) {
    const kind = attachments[property as keyof typeof attachments] ?? property; // undefined for any other property
    for (const holder of value(holders) as readonly string[]) {
      addPolicy('identity', `policy of ${kind} ${holder} in ${template.stack.name}`, PolicyDocument);
    }
  }
}

function addResource(logicalId: string, resource: TemplateResource, deployment: Deployment): void {
  const { template, value, addPolicy, addProperties } = deployment;
  const { Type, Properties = {}, DeletionPolicy, UpdateReplacePolicy } = resource;
  const removal = { DeletionPolicy, UpdateReplacePolicy };
  const identity = template.identities.get(logicalId);
  switch (identity?.kind) {
    case 'key': {
      const { KeyPolicy, Tags, PrimaryKeyArn, ...own } = Properties;
      const label = keyLabel(identity.key);
      addPolicy('key', label, KeyPolicy);
      const type = identity.key.primary === undefined ? { Type } : {}; // for a replica, the CDK has a key
      addProperties(label, flat({ ...type, ...removal, ...own }, Tags, value, keyDefaults));
      break;
    }
    case 'principal': {
      const { AssumeRolePolicyDocument, Tags, ...own } = Properties;
      const { created } = identity;
      const label = `${created.kind} ${created.stack.name}.${created.name}`;
      if (AssumeRolePolicyDocument !== undefined) addPolicy('trust', `trust of ${label}`, AssumeRolePolicyDocument);
      addProperties(label, flat({ Type, ...removal, ...own }, Tags, value, principalDefaults));
      break;
    }
    case 'alias': {
      const { account, region } = template.place;
      const { AliasName, TargetKeyId, ...own } = Properties;
      // Both the key's id and its ARN identify the key: CloudFormation template reference, AWS::KMS::Alias.
      const target = String(value(TargetKeyId)).replace(/^arn:.*:key\//, '');
      const all = { Type, ...removal, ...own, target };
      addProperties(`alias ${value(AliasName)} in ${account} ${region}`, flat(all, undefined, value, {}));
      break;
    }
    default:
      deployment.addFact(`${template.stack.name} has ${Type} ${logicalId}`);
  }
}

function addOutputs({ template, value, addProperties, addFact }: Deployment): void {
  for (const [logicalId, output] of Object.entries(template.template.Outputs ?? {})) {
    const name = template.outputs.get(logicalId);
    if (name !== undefined) {
      const values = new Map([
        ['Value', String(value(output.Value))],
        ['Description', output.Description ?? ''],
        ['Export', output.Export === undefined ? '' : String(value(output.Export.Name))],
      ]);
      addProperties(`output ${name} of ${template.stack.name}`, values);
    }
    if (output.Export !== undefined) addFact(`${template.stack.name} exports ${value(output.Value)}`);
  }
}

/** The values that absent properties of AWS::KMS::Key and AWS::KMS::ReplicaKey have. Source: template reference. */
const keyDefaults: Readonly<Record<string, string>> = {
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  Enabled: 'true',
  EnableKeyRotation: 'false',
  MultiRegion: 'false',
  Origin: 'AWS_KMS',
};

/** An empty description means no description. */
const principalDefaults: Readonly<Record<string, string>> = { Description: '' };

function flat(
  own: Readonly<Record<string, unknown>>,
  tags: unknown,
  value: (raw: unknown) => unknown,
  defaults: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const entries = Object.entries(own).flatMap(([name, raw]): (readonly [string, string])[] => {
    if (raw === undefined) return [];
    const evaluated = value(raw);
    const text = typeof evaluated === 'object' ? JSON.stringify(evaluated) : String(evaluated);
    return defaults[name] === text ? [] : [[name, text]];
  });
  const ofTags = ((value(tags) ?? []) as readonly { readonly Key: string; readonly Value: string }[]).map(
    ({ Key, Value, ...others }) => [`tag ${JSON.stringify(Key)}`, [Value, ...Object.keys(others)].join(' ')] as const, // there should be no others
  );
  return new Map([...entries, ...ofTags]);
}

function resourcesOf({ template }: DeployedTemplate): readonly (readonly [string, TemplateResource])[] {
  return Object.entries(template.Resources ?? {});
}

function share(value: unknown, world: World): unknown {
  if (typeof value === 'string') return world.shared(value);
  if (Array.isArray(value)) return value.map((item) => share(item, world));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, share(entry, world)]));
}

function pseudoParameters({
  account,
  region,
  partition,
  dnsSuffix,
}: DeployedTemplate['place']): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': dnsSuffix,
  };
}

/** Returns a function that looks up the names in each template. If a stack reads a value of another stack, that is added to `facts`. */
function names(
  templates: readonly DeployedTemplate[],
  world: World,
  facts: Set<string>,
): (template: DeployedTemplate) => Names {
  interface Shared {
    readonly from: DeployedTemplate;
    readonly value: () => string;
  }
  const exports = new Map<string, Shared>();
  const outputs = new Map<string, Shared>();
  const parameters = new Map<string, Shared>();
  const namesOf = (template: DeployedTemplate): Names => {
    const attribute = (logicalId: string, name: string) => {
      const identity = template.identities.get(logicalId);
      if (identity === undefined) throw new Error(`${template.stackName} has no resource ${logicalId}`);
      return world.attribute(identity, name, template);
    };
    const parameter = (name: string): string | undefined => {
      const { Type, Default } = template.template.Parameters?.[name] ?? {};
      if (Type === undefined) return undefined;
      const given = template.given(name);
      if (given !== undefined) return outputs.get(`${given.stack}/${given.output}`)?.value();
      if (Type !== 'AWS::SSM::Parameter::Value<String>') return undefined;
      const shared = parameters.get(String(Default));
      if (shared !== undefined) return read(shared, name);
      const elsewhere = template.elsewhere(String(Default));
      if (elsewhere !== undefined) facts.add(`${template.stack.name} reads ${elsewhere.value} of ${elsewhere.from}`);
      return elsewhere?.value;
    };
    const read = (shared: Shared | undefined, name: string): string => {
      if (shared === undefined) throw new Error(`nobody exports ${name}`);
      const value = shared.value();
      facts.add(`${template.stack.name} reads ${value} of ${shared.from.stack.name}`);
      // The fact is the same for every way to export the value.
      if (JSON.stringify(template.place) === JSON.stringify(shared.from.place)) {
        facts.add(`${shared.from.stack.name} exports ${value}`);
      }
      return value;
    };
    const pseudo = pseudoParameters(template.place);
    return {
      ref: (name) => pseudo[name] ?? parameter(name) ?? attribute(name, 'Ref'),
      attribute,
      exported: (name) => read(exports.get(name), name),
      output: (stack, name) => read(outputs.get(`${stack}/${name}`), `${stack}/${name}`),
    };
  };
  for (const from of templates) {
    for (const [logicalId, { Value, Export }] of Object.entries(from.template.Outputs ?? {})) {
      const shared = { from, value: () => String(evaluate(Value, namesOf(from))) };
      outputs.set(`${from.stackName}/${logicalId}`, shared);
      if (Export !== undefined) exports.set(String(evaluate(Export.Name, namesOf(from))), shared);
    }
    for (const [, { Type, Properties }] of resourcesOf(from)) {
      if (Type !== 'AWS::SSM::Parameter') continue;
      const value = () => String(evaluate(Properties?.Value, namesOf(from)));
      parameters.set(String(Properties?.Name), { from, value });
    }
  }
  return namesOf;
}

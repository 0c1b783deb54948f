/**
 * Deploys the templates of a project: resolves each template, and makes the calls that its types of resources imply. Of the resources that
 * are ready, principals are created last, and otherwise the last resource comes first, so that no template works only because of a lucky
 * order.
 */
import { randomBytes } from 'node:crypto';
import type { CreateKeyRequest } from '@aws-sdk/client-kms';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Stack } from '@keywright/core/ir/program';
import { replicaPlaces, templateName } from '@keywright/emit-cfn/names';
import { boundTemplates } from '../../../../packages/cli/src/testing/bound-templates.ts';
import {
  type DeploymentStep,
  deploymentSteps,
} from '../../../../packages/emit-cfn/src/deployment-steps.test-support.ts';
import { evaluate, readYaml } from '../../../../packages/emit-cfn/src/read-back.test-support.ts';
import type { Subject } from '../../subject.ts';
import { type Cloud, dnsSuffixOf, type Place, partitionOf, type Services } from '../cloud/cloud.ts';
import type { KeySettings, StackDeployer } from '../cloud/deployed.ts';
import { makeAlias, makeKey, makeParameter, makePrincipal, makeReplica, putPolicy } from '../cloud/make.ts';
import { placeIn } from './places.ts';

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: Properties;
}

type Properties = Readonly<Record<string, unknown>>;

export function cfnDeployer({ files: written, program }: Subject, cloud: Cloud): StackDeployer {
  const files = boundTemplates(program, written);
  const steps = deploymentSteps(files);
  const outputs = new Map<string, string>();
  const exports = new Map<string, string>();
  return async (stack) => {
    const keys = new Map<string, KeySettings>();
    for (const step of stepsOf(stack, steps)) {
      const place = { ...placeIn(program, stack), ...(step.region !== undefined && { region: step.region }) };
      if (step.account !== undefined && step.account !== place.account)
        throw new Error(`${step.template} is for ${step.account}`);
      const template = readYaml(files.get(`cfn/${step.template}`) ?? '') as Template; // CloudFormation checks no more either
      const values = await createAll(template, step, place, { cloud, outputs, exports, keys });
      for (const [name, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
        const value = String(evaluate(Value, values));
        outputs.set(`${step.stack}/${name}`, value);
        // An export is known only in its account and region.
        if (Export !== undefined)
          exports.set(`${place.account}/${place.region}/${evaluate(Export.Name, values)}`, value);
      }
    }
    return { keys };
  };
}

/** Returns the step of the stack's own template, then the steps of its replicas. */
function stepsOf(stack: Stack, steps: readonly DeploymentStep[]): readonly DeploymentStep[] {
  const names = [undefined, ...replicaPlaces(stack)].map((environment) => templateName(stack, environment));
  return names.map((name) => {
    const step = steps.find(({ template }) => template.replace(/\.template\.(yaml|json)$/, '') === name);
    if (step === undefined) throw new Error(`deployments.json has no template ${name}`);
    return step;
  });
}

interface Surroundings {
  readonly cloud: Cloud;
  readonly outputs: ReadonlyMap<string, string>;
  readonly exports: ReadonlyMap<string, string>;
  readonly keys: Map<string, KeySettings>;
}

/** Creates the resources of a template. Returns all values that expressions can refer to. */
async function createAll(template: Template, step: DeploymentStep, place: Place, surroundings: Surroundings) {
  const services = surroundings.cloud(place);
  const values: Record<string, string> = {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::Partition': partitionOf(place.region),
    'AWS::URLSuffix': dnsSuffixOf(place.region),
  };
  const here = `${place.account}/${place.region}/`;
  for (const [name, value] of surroundings.exports) {
    if (name.startsWith(here)) values[name.slice(here.length)] = value;
  }
  for (const [name, parameter] of Object.entries(template.Parameters ?? {}))
    values[name] = await parameterValue(name, parameter, step, services, surroundings);

  const waiting = new Map(Object.entries(template.Resources));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, resource]) => ![...needs(resource)].some((id) => waiting.has(id)));
    const next = ready.findLast(([, { Type }]) => !/Role$|User$|Group$/.test(Type)) ?? ready.at(-1);
    if (next === undefined) throw new Error(`${step.template} has a circle: ${[...waiting.keys()]}`);
    const [logicalId, resource] = next;
    waiting.delete(logicalId);
    const created = await create(logicalId, resource, step, values, place, surroundings.cloud);
    values[logicalId] = created.ref;
    if (created.arn !== undefined) values[`${logicalId}.Arn`] = created.arn;
    if (/^AWS::KMS::(Replica)?Key$/.test(resource.Type) && created.arn !== undefined)
      surroundings.keys.set(created.arn, settingsOf(resource));
  }
  return values;
}

async function parameterValue(
  name: string,
  { Type, Default }: { readonly Type: string; readonly Default?: string },
  step: DeploymentStep,
  { ssm }: Services,
  { outputs }: Surroundings,
): Promise<string> {
  if (Type === 'AWS::SSM::Parameter::Value<String>') {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: Default }));
    return Parameter?.Value ?? '';
  }
  const { stack, output } = step.parameters[name] ?? {};
  const value = outputs.get(`${stack}/${output}`);
  if (value === undefined) throw new Error(`nobody gives ${step.template} its parameter ${name}`);
  return value;
}

/** Returns everything that a resource refers to, including the logical ids that it waits for. */
function needs({ DependsOn = [], Properties = {} }: TemplateResource): ReadonlySet<string> {
  const found = new Set([DependsOn].flat());
  const search = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'Ref') found.add(String(inner));
      if (name === 'Fn::GetAtt') found.add(String([inner].flat()[0]));
      if (name === 'Fn::Sub')
        for (const [, reference = ''] of String(inner).matchAll(/\$\{([^}!]+)\}/g))
          found.add(reference.split('.')[0] ?? '');
      search(inner);
    }
  };
  search(Properties);
  return found;
}

interface Created {
  readonly ref: string;
  readonly arn?: string;
}

/** Creates a resource. Source: the page of each type in the CloudFormation template reference. */
async function create(
  logicalId: string,
  { Type, Properties = {} }: TemplateResource,
  step: DeploymentStep,
  values: Readonly<Record<string, string>>,
  place: Place,
  cloud: Cloud,
): Promise<Created> {
  const services = cloud(place);
  const own = new OwnProperties(logicalId, Type, evaluate(Properties, values) as Properties); // an object remains one
  switch (Type) {
    case 'AWS::KMS::Key': {
      const rotates = own.flag('EnableKeyRotation', false);
      const period = own.take('RotationPeriodInDays');
      own.take('PendingWindowInDays');
      const request = {
        Description: own.text('Description'),
        KeySpec: own.text('KeySpec') as CreateKeyRequest['KeySpec'], // KMS checks these three
        KeyUsage: own.text('KeyUsage') as CreateKeyRequest['KeyUsage'],
        Origin: own.text('Origin') as CreateKeyRequest['Origin'],
        MultiRegion: own.flag('MultiRegion', false),
        Policy: own.json('KeyPolicy'),
        BypassPolicyLockoutSafetyCheck: own.flag('BypassPolicyLockoutSafetyCheck', false),
      };
      const enabled = own.flag('Enabled', true) || request.Origin === 'EXTERNAL'; // an external key waits for its key material
      const rotation = rotates && (period === undefined || Number(period));
      const made = await makeKey(services, own.complete({ request, tags: own.tags(), enabled, rotation }));
      return { ref: made.id, arn: made.arn };
    }
    case 'AWS::KMS::ReplicaKey': {
      own.take('PendingWindowInDays');
      const wanted = own.complete({
        primaryArn: own.text('PrimaryKeyArn') ?? '',
        policy: own.json('KeyPolicy'),
        description: own.text('Description'),
        tags: own.tags(),
        enabled: own.flag('Enabled', true),
      });
      const made = await makeReplica(cloud, place, wanted);
      return { ref: made.id, arn: made.arn };
    }
    case 'AWS::KMS::Alias': {
      const { name, key } = own.complete({ name: own.text('AliasName') ?? '', key: own.text('TargetKeyId') ?? '' });
      await makeAlias(services, name, key);
      return { ref: name };
    }
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
    case 'AWS::IAM::Group': {
      const kind = ({ Role: 'role', User: 'user', Group: 'group' } as const)[Type.slice(10)] ?? 'role';
      const trust = kind === 'role' ? own.json('AssumeRolePolicyDocument') : undefined;
      const wanted = own.complete({
        kind,
        name: own.text(`${Type.slice(10)}Name`) ?? generatedName(step.stack, logicalId),
        description: kind === 'role' ? own.text('Description') : undefined,
        ...(trust !== undefined && { trust }),
        tags: kind === 'group' ? {} : own.tags(),
      });
      const made = await makePrincipal(services, wanted);
      return { ref: made.id, arn: made.arn };
    }
    case 'AWS::IAM::Policy': {
      const [name, document] = [own.text('PolicyName') ?? '', own.json('PolicyDocument') ?? ''];
      const attached = (['role', 'user', 'group'] as const).flatMap((kind) => {
        const names = own.take(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`);
        return Array.isArray(names) ? names.map((principal) => ({ kind, name: String(principal) })) : [];
      });
      if (attached.length === 0) throw new Error(`${logicalId} is attached to nobody`);
      for (const principal of own.complete(attached)) await putPolicy(services, principal, name, document);
      return { ref: name };
    }
    case 'AWS::SSM::Parameter': {
      if (own.text('Type') !== 'String') throw new Error(`${logicalId} is not a String`);
      const tags = Object.fromEntries(
        Object.entries(own.take('Tags') ?? {}).map(([tag, value]) => [tag, String(value)]), // the tags of this type are a mapping
      );
      const { name, value } = own.complete({ name: own.text('Name') ?? '', value: own.text('Value') ?? '' });
      await makeParameter(services, name, value, tags);
      return { ref: name };
    }
    case 'AWS::CloudFormation::WaitConditionHandle': // stands in for a resource in an otherwise empty template
      return own.complete({ ref: '' });
    default:
      throw new Error(`${logicalId} is of a type that is not known, ${Type}`);
  }
}

/** The properties of a resource. Each can be taken only once. */
class OwnProperties {
  readonly #left: Map<string, unknown>;
  readonly #whose: string;

  constructor(logicalId: string, type: string, properties: Properties) {
    this.#whose = `${logicalId} (${type})`;
    this.#left = new Map(Object.entries(properties));
  }

  take(name: string): unknown {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  /** Returns a property as text. CloudFormation converts other values to text. */
  text(name: string): string | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : String(value);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.take(name) ?? otherwise;
    if (typeof value !== 'boolean') throw new Error(`${name} of ${this.#whose} is ${value}`);
    return value;
  }

  json(name: string): string | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : JSON.stringify(value);
  }

  tags(): Readonly<Record<string, string>> {
    const tags = (this.take('Tags') ?? []) as readonly { readonly Key: unknown; readonly Value: unknown }[]; // by the template reference
    return Object.fromEntries(tags.map(({ Key, Value }) => [String(Key), String(Value)]));
  }

  /** Returns its argument, which was made from the properties. Throws unless every property was taken. */
  complete<Result>(result: Result): Result {
    const [other] = this.#left.keys();
    if (other !== undefined) throw new Error(`${this.#whose} has no property ${other}`);
    return result;
  }
}

function settingsOf({ DeletionPolicy, UpdateReplacePolicy, Properties = {} }: TemplateResource): KeySettings {
  const { PendingWindowInDays: days = 30, BypassPolicyLockoutSafetyCheck: bypass = false } = Properties;
  return {
    retained: DeletionPolicy === 'RetainExceptOnCreate' && UpdateReplacePolicy === 'Retain',
    windowDays: Number(days),
    bypassesLockoutCheck: bypass === true,
  };
}

/** Returns a name as CloudFormation generates it, of at most 64 characters. */
function generatedName(stack: string, logicalId: string): string {
  return `${stack.slice(0, 24)}-${logicalId.slice(0, 24)}-${randomBytes(6).toString('hex').toUpperCase()}`;
}

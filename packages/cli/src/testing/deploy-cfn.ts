import type { Resource, Stack } from '@keywright/core/ir/program';
import { type DeploymentStep, deploymentSteps } from '@keywright/emit-cfn/deployment-steps.test-support';
import { environmentOf, logicalIdOf, replicaPlaces, templateName } from '@keywright/emit-cfn/names';
import { evaluate, readYaml } from '@keywright/emit-cfn/read-back.test-support';
import type { Deployed, DeployedStack, Shared, Tags } from './deployed.ts';
import { world } from './world.ts';

interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** Deploys the templates of a stack into the world. Reads the templates with js-yaml, and takes the order from deployments.json. */
export function deployCfn(stack: Stack, files: ReadonlyMap<string, string>, shared: Shared): DeployedStack {
  const steps = deploymentSteps(files);
  const resources = new Map<string, Deployed>();
  const outputs: unknown[] = [];
  const names = [undefined, ...replicaPlaces(stack)].map((environment) => templateName(stack, environment));
  for (const [index, name] of names.entries()) {
    const file = `${name}.template.yaml`;
    const step = steps.find(({ template }) => template === file);
    if (step === undefined) throw new Error(`deployments.json does not name ${file}`);
    const template = readYaml(files.get(`cfn/${file}`) ?? '') as Template;
    const own = stack.resources.filter((resource) => templateName(stack, environmentOf(resource, stack)) === name);
    const values = valuesOf(template, step, own, stack, shared);
    for (const resource of own) {
      const found = template.Resources[logicalIdOf(resource)];
      if (found === undefined) throw new Error(`${file} lacks ${resource.id}`);
      const properties = evaluate(found.Properties ?? {}, values) as Readonly<Record<string, unknown>>;
      const region = step.region ?? world.pseudo('region', stack);
      const deployed = deployedOf(resource, found, properties, region);
      resources.set(resource.id, deployed);
      if (deployed.kind === 'sharedParameter') shared.parameters.set(String(deployed.name), deployed.value);
    }
    if (Object.keys(template.Resources).length > Math.max(own.length, 1))
      throw new Error(`${file} has more than it should`);
    for (const [output, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
      const value = evaluate(Value, values);
      shared.values.set(`${step.stack}/${output}`, value);
      if (Export !== undefined) shared.values.set(Export.Name, value);
      if (index === 0 && outputs.length < stack.outputs.length) outputs.push(value); // the outputs of the YAML come first
    }
  }
  return { resources, outputs };
}

function valuesOf(template: Template, step: DeploymentStep, own: readonly Resource[], stack: Stack, shared: Shared) {
  const values: Record<string, string> = {
    'AWS::AccountId': world.pseudo('account', stack),
    'AWS::Region': step.region ?? world.pseudo('region', stack),
    'AWS::Partition': world.pseudo('partition', stack),
    'AWS::URLSuffix': world.pseudo('dnsSuffix', stack),
    ...Object.fromEntries([...shared.values].map(([name, value]) => [name, String(value)])),
  };
  for (const resource of own) {
    if (resource.kind === 'identityPolicy' || resource.kind === 'sharedParameter') continue;
    values[logicalIdOf(resource)] = world.attribute(resource, 'name', stack);
    if (resource.kind !== 'alias') values[`${logicalIdOf(resource)}.Arn`] = world.attribute(resource, 'arn', stack);
  }
  for (const [name, { Default }] of Object.entries(template.Parameters ?? {})) {
    const { stack: producer, output } = step.parameters[name] ?? {};
    const value =
      Default === undefined ? shared.values.get(`${producer}/${output}`) : shared.parameters.get(String(Default));
    if (value === undefined) throw new Error(`nobody gives ${step.template} its parameter ${name}`);
    values[name] = String(value);
  }
  return values;
}

function deployedOf(
  resource: Resource,
  { Type, DeletionPolicy }: TemplateResource,
  own: Readonly<Record<string, unknown>>,
  region: string,
): Deployed {
  const { Tags: written = [] } = own as {
    readonly Tags?: readonly { readonly Key: string; readonly Value: unknown }[] | Tags;
  }; // see the reference
  const tags: Tags = Array.isArray(written)
    ? Object.fromEntries(written.map(({ Key, Value }) => [Key, Value]))
    : { ...written };
  switch (Type) {
    case 'AWS::KMS::Key':
    case 'AWS::KMS::ReplicaKey':
      return {
        kind: Type === 'AWS::KMS::Key' ? 'key' : 'replicaKey',
        region,
        description: own.Description,
        spec: own.KeySpec ?? 'SYMMETRIC_DEFAULT',
        usage: own.KeyUsage ?? 'ENCRYPT_DECRYPT',
        origin: own.Origin ?? 'AWS_KMS',
        enabled: own.Enabled ?? true,
        rotation: own.EnableKeyRotation ?? false,
        rotationDays: own.RotationPeriodInDays ?? (own.EnableKeyRotation === true ? 365 : undefined),
        pendingWindowDays: own.PendingWindowInDays,
        multiRegion: own.MultiRegion ?? false,
        retained: DeletionPolicy === 'RetainExceptOnCreate',
        policy: own.KeyPolicy,
        tags,
        primary: own.PrimaryKeyArn,
      };
    case 'AWS::KMS::Alias':
      return { kind: 'alias', region, name: own.AliasName, keyId: own.TargetKeyId };
    case 'AWS::IAM::Role':
      return { kind: 'role', description: own.Description, trust: own.AssumeRolePolicyDocument, tags };
    case 'AWS::IAM::User':
      return { kind: 'user', description: undefined, trust: undefined, tags };
    case 'AWS::IAM::Group':
      return { kind: 'group', description: undefined, trust: undefined, tags: {} };
    case 'AWS::IAM::Policy': {
      const holders = { role: own.Roles, user: own.Users, group: own.Groups } as const;
      const attached = (['role', 'user', 'group'] as const).filter((kind) => holders[kind] !== undefined);
      const [holder] = attached;
      if (holder === undefined || attached.length > 1) throw new Error(`${resource.id} is not attached to one holder`);
      return {
        kind: 'identityPolicy',
        name: own.PolicyName,
        holder,
        attachedTo: [holders[holder]].flat(2).join(),
        document: own.PolicyDocument,
      };
    }
    case 'AWS::SSM::Parameter':
      return { kind: 'sharedParameter', name: own.Name, value: own.Value, tags };
    default:
      throw new Error(`${resource.id} became ${Type}`);
  }
}

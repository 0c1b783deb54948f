import type { Pseudo } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { namesOf, projectOf, pulumiStackOf } from '@keywright/emit-pulumi/names';
import {
  type AskedResource,
  configIn,
  type ProgramRun,
  runProgram,
} from '../../../emit-pulumi/src/run-program.test-support.ts';
import type { Deployed, DeployedStack, Shared } from './deployed.ts';
import { deployedByProvider } from './deployed-by-provider.ts';
import { world } from './world.ts';

/** Returns the resources by type and name in Pulumi. */
export function byPulumiName(stack: Stack): ReadonlyMap<string, Resource> {
  const names = namesOf(stack);
  return new Map(
    stack.resources.map((resource) => [`${names.of(resource).type}::${names.of(resource).name}`, resource]),
  );
}

export interface Deployment {
  readonly project: string;
  /** The name of the Pulumi stack; `dev` if the user chooses it. */
  readonly stack: string;
  /** The text of index.ts. */
  readonly program: string;
  readonly config: Readonly<Record<string, string>>;
}

/** Returns the deployment of a stack, from the folder that Pulumi would run in. */
export function deploymentOf(stack: Stack, files: ReadonlyMap<string, string>): Deployment {
  const project = projectOf(stack);
  const name = pulumiStackOf(stack);
  const isOwn = (path: string) =>
    name === undefined
      ? path === `pulumi/${stack.name}/Pulumi.yaml`
      : path.endsWith('/Pulumi.yaml') && files.has(path.replace(/[^/]*$/, `Pulumi.${name}.yaml`));
  const [path = ''] = [...files].flatMap(([one, text]) =>
    isOwn(one) && text.includes(`\nname: ${project}\n`) ? [one] : [],
  );
  const folder = path.slice(0, path.lastIndexOf('/'));
  return {
    project,
    stack: name ?? 'dev',
    program: files.get(`${folder}/index.ts`) ?? '',
    config: name === undefined ? {} : configIn(files.get(`${folder}/Pulumi.${name}.yaml`) ?? ''),
  };
}

/** Runs the program of a stack in the world, under Pulumi's mocks. Shares the values that other stacks use from it. */
export async function runPulumi(stack: Stack, files: ReadonlyMap<string, string>, shared: Shared): Promise<ProgramRun> {
  const byUrn = byPulumiName(stack);
  const { program, ...deployment } = deploymentOf(stack, files);
  const run = await runProgram(program, {
    organization: 'acme',
    ...deployment,
    attributeOf({ type, name }, attribute) {
      const resource = byUrn.get(`${type}::${name}`);
      if (resource === undefined || resource.kind === 'identityPolicy' || resource.kind === 'sharedParameter')
        return '';
      if (resource.kind === 'kmsGrant') return '';
      return world.attribute(resource, attribute === 'arn' ? 'arn' : 'name', stack);
    },
    propertyOf({ inputs }, property) {
      const pseudo = pseudos[property];
      if (pseudo !== undefined) return world.pseudo(pseudo, stack);
      return String(shared.parameters.get(String(inputs.name)) ?? '');
    },
    outputsOf: (other) => shared.values.get(other) as Readonly<Record<string, unknown>>, // only this function sets them
  });
  // In these tests, the user names a Pulumi stack after the environment if there is a list of environments. All other Pulumi stacks have
  // the same name.
  for (const name of [deployment.stack, stack.environment.name ?? deployment.stack])
    shared.values.set(`acme/${deployment.project}/${name}`, run.outputs);
  for (const { type, inputs } of run.resources.values()) {
    if (type === 'aws:ssm/parameter:Parameter') shared.parameters.set(String(inputs.name), inputs.value);
  }
  return run;
}

export async function deployPulumi(
  stack: Stack,
  files: ReadonlyMap<string, string>,
  shared: Shared,
): Promise<DeployedStack> {
  const byUrn = byPulumiName(stack);
  const run = await runPulumi(stack, files, shared);
  const { config } = deploymentOf(stack, files);
  const accounts = [config, ...providersOf(run)].flatMap((settings) => accountsOf(settings));
  if (accounts.some((account) => account !== stack.environment.account))
    throw new Error(`pulumi/${stack.name} is for ${accounts.join(', ')}`);
  const resources = new Map<string, Deployed>();
  for (const [urn, resource] of byUrn) {
    const asked = run.resources.get(urn);
    if (asked === undefined) throw new Error(`pulumi/${stack.name} lacks ${resource.id}`);
    const region = regionOf(asked, run) ?? config['aws:region'] ?? world.pseudo('region', stack);
    resources.set(resource.id, deployedOf(asked, region));
  }
  const providers = [...run.resources.values()].filter(({ type }) => type.startsWith('pulumi:'));
  if (run.resources.size !== byUrn.size + providers.length)
    throw new Error(`pulumi/${stack.name} has more than it should`);
  return { resources, outputs: stack.outputs.map(({ name }) => run.outputs[name]) };
}

function providersOf(run: ProgramRun): readonly AskedResource['inputs'][] {
  return [...run.resources.values()].flatMap(({ type, inputs }) => (type === 'pulumi:providers:aws' ? [inputs] : []));
}

/** Returns the accounts in which a provider may create resources, whether the program or the configuration declares it. */
function accountsOf(settings: Readonly<Record<string, unknown>>): readonly string[] {
  const allowed = settings['aws:allowedAccountIds'] ?? settings.allowedAccountIds;
  return allowed === undefined ? [] : (JSON.parse(String(allowed)) as string[]); // its type in @pulumi/aws
}

const pseudos: Readonly<Record<string, Pseudo['name']>> = {
  accountId: 'account',
  region: 'region',
  partition: 'partition',
  dnsSuffix: 'dnsSuffix',
};

function regionOf({ options }: AskedResource, run: ProgramRun): string | undefined {
  const provider = run.resources.get(`pulumi:providers:aws::${options.provider}`);
  return provider && String(provider.inputs.region);
}

/** Parses the JSON of a policy, so that contents are compared, not texts. */
function document(policy: unknown): unknown {
  return policy === undefined ? undefined : JSON.parse(String(policy));
}

function deployedOf({ type, inputs, options }: AskedResource, region: string): Deployed {
  const [constraints] = (inputs.constraints ?? []) as readonly Readonly<Record<string, unknown>>[]; // its type in @pulumi/aws
  const own = {
    ...inProvider(inputs),
    policy: document(inputs.policy),
    assume_role_policy: document(inputs.assumeRolePolicy),
    constraints: constraints && [inProvider(constraints)],
  };
  const [, service = '', name = ''] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const isRetained = options.protect && options.retainOnDelete;
  return deployedByProvider(`aws_${service}_${nameInProvider(name)}`, own, region, isRetained);
}

function inProvider(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [nameInProvider(name), value]));
}

/** `replica_key` for `replicaKey`. */
function nameInProvider(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

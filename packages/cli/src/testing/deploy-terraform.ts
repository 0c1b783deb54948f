import type { Pseudo } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { localAddress, modulePath } from '@keywright/emit-terraform/names';
import { type Arguments, type ReadModule, readModule } from '../../../emit-terraform/src/read-module.test-support.ts';
import type { Deployed, DeployedStack, Shared } from './deployed.ts';
import { deployedByProvider } from './deployed-by-provider.ts';
import { world } from './world.ts';

/** Deploys the root module of a stack into the world. hcl2json reads the module. */
export async function deployTerraform(
  stack: Stack,
  files: ReadonlyMap<string, string>,
  shared: Shared,
): Promise<DeployedStack> {
  const module = await evaluateModule(stack, files, shared);
  shareModule(stack, module, shared);
  const { folder, byAddress, found, outputs, regionOf } = module;
  const resources = new Map<string, Deployed>();
  for (const [where, resource] of byAddress) {
    const own = found.get(where);
    if (own === undefined) throw new Error(`${folder} lacks ${resource.id}`);
    const [lifecycle] = (own.lifecycle ?? []) as readonly { readonly prevent_destroy?: boolean }[];
    const [type = ''] = where.split('.');
    resources.set(resource.id, deployedByProvider(type, own, regionOf(own), lifecycle?.prevent_destroy === true));
  }
  if (found.size !== byAddress.size) throw new Error(`${folder} has more than it should`);
  return { resources, outputs: stack.outputs.map(({ name }) => outputs.get(name)) };
}

/** Shares the values of a stack's module with later stacks: outputs and SSM parameters. */
export function shareModule(stack: Stack, { found, outputs }: EvaluatedModule, shared: Shared): void {
  for (const [where, { name, value }] of found) {
    if (where.startsWith('aws_ssm_parameter.')) shared.parameters.set(String(name), value);
  }
  for (const [name, value] of outputs) shared.values.set(`${stack.name.replaceAll('-', '_')}/${name}`, value);
}

export type EvaluatedModule = Awaited<ReturnType<typeof evaluateModule>>;

/**
 * Evaluates the root module of a stack: every reference is replaced by the value in the world. Includes the module of the definition, if
 * the root module calls one. Addresses are relative to the module that has the resources; `module` is the address of that module.
 */
export async function evaluateModule(stack: Stack, files: ReadonlyMap<string, string>, shared: Shared) {
  const folder = `terraform/${stack.name}`;
  const text = (file: string) => files.get(`${folder}/${file}`) ?? '';
  const byAddress = new Map(stack.resources.map((resource) => [localAddress(resource, stack), resource]));
  const resolve = (reference: string, data: ReadModule['data']) => meaningOf(reference, byAddress, data, stack, shared);
  const root = await readModule(text('main.tf'), resolve);
  const regions = regionsOf(text('providers.tf'));
  const regionIn = (called: (alias: string) => string | undefined) => (own: Arguments) => {
    const provider = /^\$?\{?(aws\.\w+)\}?$/.exec(String(own.provider ?? ''))?.[1];
    const alias = provider === undefined ? undefined : called(provider)?.slice('aws.'.length);
    return regions.get(alias) ?? world.pseudo('region', stack);
  };
  const [call, another] = root.modules;
  if (call === undefined) {
    const { outputs } = await readModule(text('outputs.tf'), (reference) => resolve(reference, root.data));
    const regionOf = regionIn((name) => name);
    return { folder, module: '', byAddress, found: root.resources, outputs, regionOf };
  }
  const [name, { source, providers, ...given }] = call;
  if (another !== undefined || root.resources.size > 0) throw new Error(`${folder} has more than the call of a module`);
  const below = `terraform/${String(source).replace(/^\.\.\//, '')}`;
  const inside = (file: string) => files.get(`${below}/${file}`) ?? '';
  const { variables } = await readModule(inside('variables.tf'));
  checkGiven(folder, variables, given);
  const resolveInside = (reference: string, data: ReadModule['data']) => {
    const [, variable] = /^var\.(\w+)$/.exec(reference) ?? [];
    return variable === undefined ? resolve(reference, data) : known(given[variable], reference);
  };
  const module = await readModule(inside('main.tf'), resolveInside);
  const its = await readModule(inside('outputs.tf'), (reference) => resolveInside(reference, module.data));
  const passedOn = `module.${name}.`;
  const { outputs } = await readModule(text('outputs.tf'), (reference) =>
    reference.startsWith(passedOn) ? known(its.outputs.get(reference.slice(passedOn.length)), reference) : reference,
  );
  // hcl2json keeps the `${…}` around a reference that is the name of an entry.
  const passed = new Map(
    Object.entries((providers ?? {}) as Arguments).map(([inner, outer]) => [
      inner.replaceAll(/[${}]/g, ''),
      String(outer).replaceAll(/[${}]/g, ''),
    ]),
  );
  const regionOf = regionIn((alias) => passed.get(alias));
  const where = modulePath(stack);
  if (where !== passedOn) throw new Error(`${folder} calls ${passedOn} and not ${where}`);
  return { folder, module: `module.${name}`, byAddress, found: module.resources, outputs, regionOf };
}

/** Throws where Terraform would refuse a call: a variable is missing or unknown, or a value has the wrong type. */
function checkGiven(folder: string, variables: ReadModule['variables'], given: Arguments): void {
  const names = [...variables.keys()].sort().join();
  if (names !== Object.keys(given).sort().join()) throw new Error(`${folder} does not give ${names}`);
  for (const [name, { type }] of variables) {
    const expected = String(type).replaceAll(/[${}]/g, '');
    if (typeof given[name] !== expected) throw new Error(`${folder} gives ${name} no ${expected}`);
  }
}

function regionsOf(providers: string): ReadonlyMap<string | undefined, string> {
  const blocks = providers.match(/provider "aws" \{[^}]*\}/g) ?? [];
  return new Map(
    blocks.flatMap((block) => {
      const region = /^ *region += "([^"]+)"/m.exec(block)?.[1];
      return region === undefined ? [] : [[/^ *alias += "([^"]+)"/m.exec(block)?.[1], region] as const];
    }),
  );
}

const pseudos: Readonly<Record<string, Pseudo['name']>> = {
  'data.aws_caller_identity.current.account_id': 'account',
  'data.aws_region.current.region': 'region',
  'data.aws_partition.current.partition': 'partition',
  'data.aws_partition.current.dns_suffix': 'dnsSuffix',
};

function meaningOf(
  reference: string,
  byAddress: ReadonlyMap<string, Resource>,
  data: ReadModule['data'],
  stack: Stack,
  shared: Shared,
): string | number {
  // References in `provider = aws.us_east_1`, `depends_on` and `ignore_changes` stay as they are.
  if (reference.startsWith('aws.') || byAddress.has(reference) || !reference.includes('.')) return reference;
  const pseudo = pseudos[reference];
  if (pseudo !== undefined) return world.pseudo(pseudo, stack);
  const [, remote, output] = /^data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)$/.exec(reference) ?? [];
  if (remote !== undefined) return known(shared.values.get(`${remote}/${output}`), reference);
  const [, parameter] = /^data\.aws_ssm_parameter\.([\w-]+)\.insecure_value$/.exec(reference) ?? [];
  if (parameter !== undefined) {
    const name = data.get(`data.aws_ssm_parameter.${parameter}`)?.name;
    return known(shared.parameters.get(String(name)), reference);
  }
  const [, where = '', attribute = ''] = /^([\w-]+\.[\w-]+)\.(\w+)$/.exec(reference) ?? [];
  const resource = byAddress.get(where);
  if (resource === undefined) throw new Error(`nothing is at ${reference}`);
  if (attribute === 'arn') return world.attribute(resource, 'arn', stack);
  const isKey = where.startsWith('aws_kms_key.') || where.startsWith('aws_kms_replica_key.');
  // An external key has no `key_id`, but an `id` with that value.
  const name = where.startsWith('aws_kms_external_key.') ? 'id' : isKey ? 'key_id' : 'name';
  if (attribute !== name) throw new Error(`${where} has no ${attribute} that can be used`);
  return world.attribute(resource, 'name', stack);
}

function known(value: unknown, reference: string): string | number {
  if (value === undefined) throw new Error(`nobody gives ${reference}`);
  return typeof value === 'number' ? value : String(value);
}

import type { Pseudo } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { localAddress, modulePath } from '@keywright/emit-terraform/names';
import { type Arguments, type ReadModule, readModule } from '../../../emit-terraform/src/read-module.test-support.ts';
import type { Deployed, DeployedStack, Shared, Tags } from './deployed.ts';
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
    resources.set(resource.id, deployedOf(where, own, regionOf(own)));
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
 * The root module of a stack, with the value in the world in place of every reference. Includes the module of the definition, if the root
 * module calls one. Addresses are relative to the module that has the resources; `module` is the address of that module.
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
  // hcl2json keeps the braces of a reference that is the name of an entry.
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

function deployedOf(where: string, own: Arguments, region: string): Deployed {
  const tags = (own.tags ?? {}) as Readonly<Record<string, unknown>>;
  const [lifecycle] = (own.lifecycle ?? []) as readonly { readonly prevent_destroy?: boolean }[];
  const [type = ''] = where.split('.');
  switch (type) {
    case 'aws_kms_key':
    case 'aws_kms_external_key':
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key':
      return {
        kind: type.startsWith('aws_kms_replica_') ? 'replicaKey' : 'key',
        region,
        description: own.description,
        spec: own.customer_master_key_spec ?? own.key_spec ?? 'SYMMETRIC_DEFAULT',
        usage: own.key_usage ?? 'ENCRYPT_DECRYPT',
        origin: originOf(type, own),
        enabled: own.is_enabled ?? own.enabled ?? true,
        rotation: own.enable_key_rotation ?? false,
        rotationDays: own.rotation_period_in_days,
        pendingWindowDays: own.deletion_window_in_days,
        multiRegion: own.multi_region ?? false,
        retained: lifecycle?.prevent_destroy === true,
        policy: own.policy,
        tags,
        primary: own.primary_key_arn,
      };
    case 'aws_kms_alias':
      return { kind: 'alias', region, name: own.name, keyId: own.target_key_id };
    case 'aws_iam_role':
      return { kind: 'role', description: own.description, trust: own.assume_role_policy, tags };
    case 'aws_iam_user':
      return { kind: 'user', description: undefined, trust: undefined, tags };
    case 'aws_iam_group':
      return { kind: 'group', description: undefined, trust: undefined, tags: {} };
    case 'aws_iam_role_policy':
    case 'aws_iam_user_policy':
    case 'aws_iam_group_policy':
      return {
        kind: 'identityPolicy',
        name: own.name,
        holder: type === 'aws_iam_role_policy' ? 'role' : type === 'aws_iam_user_policy' ? 'user' : 'group',
        attachedTo: own.role ?? own.user ?? own.group,
        document: own.policy,
      };
    case 'aws_kms_grant': {
      const [constraints] = (own.constraints ?? []) as readonly Readonly<Record<string, Tags>>[]; // its schema in the provider
      return {
        kind: 'kmsGrant',
        region,
        name: own.name,
        retireOnDelete: own.retire_on_delete ?? false,
        keyId: own.key_id,
        grantee: own.grantee_principal,
        retiringPrincipal: own.retiring_principal,
        operations: own.operations,
        equals: constraints?.encryption_context_equals,
        subset: constraints?.encryption_context_subset,
      };
    }
    case 'aws_ssm_parameter':
      return { kind: 'sharedParameter', name: own.name, value: own.value, tags };
    default:
      throw new Error(`there should be no ${type}`);
  }
}

/** Terraform has no argument for the origin, which follows from the type of the resource and from the key store. */
function originOf(type: string, own: Arguments): string {
  if (type.endsWith('_external_key')) return 'EXTERNAL';
  if (own.xks_key_id !== undefined) return 'EXTERNAL_KEY_STORE';
  return own.custom_key_store_id === undefined ? 'AWS_KMS' : 'AWS_CLOUDHSM';
}

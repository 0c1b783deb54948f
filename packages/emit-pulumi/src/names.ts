import { sha256 } from '@keywright/core/ir/digest';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** What a resource is called in a Pulumi program. */
export interface ResourceNames {
  /** What the TypeScript constant that holds it should be called: `ordersKey`. */
  readonly constant: string;
  /** Pulumi's type token, as URNs have it: `aws:kms/key:Key`. */
  readonly type: string;
  /** The TypeScript class: `aws.kms.Key`. */
  readonly constructorName: string;
  /** Pulumi's name for it, which with the type makes its URN: `orders`. */
  readonly name: string;
}

export interface StackNames {
  of(resource: Resource): ResourceNames;
  /** The names of the resource with this id. */
  byId(id: string): ResourceNames;
}

const cache = new WeakMap<Stack, StackNames>();

/** The names of all resources of a stack. Each depends on the resource's own name and pin, and on nothing else. */
export function namesOf(stack: Stack): StackNames {
  const known = cache.get(stack);
  if (known !== undefined) return known;
  const resources = new Map(stack.resources.map((resource) => [resource.id, resource]));
  const byId = new Map(
    stack.resources.map((resource) => [resource.id, namesOfResource(resource, environmentOf(resource, resources))]),
  );
  const names: StackNames = {
    of: ({ id }) => names.byId(id),
    byId(id) {
      const found = byId.get(id);
      if (found === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
      return found;
    },
  };
  cache.set(stack, names);
  return names;
}

/** What tells apart a replica, and what belongs to it, from the primary's: the name of the environment that it lives in. */
function environmentOf(resource: Resource, resources: ReadonlyMap<string, Resource>): string | undefined {
  switch (resource.kind) {
    case 'replicaKey':
      return resource.environmentName;
    case 'alias':
    case 'kmsGrant': {
      const key = resource.kind === 'alias' ? resource.target : resource.key;
      const replica = key.kind === 'reference' ? resources.get(key.resource) : undefined;
      return replica?.kind === 'replicaKey' ? replica.environmentName : resource.region;
    }
    default:
      return resource.region;
  }
}

function namesOfResource(resource: Resource, environment: string | undefined): ResourceNames {
  const { module, className } = classOf(resource);
  const { words, name } = ownName(resource);
  const elsewhere = environment === undefined ? [] : [environment];
  return {
    constant: camelCase([...words, ...elsewhere]),
    type: `aws:${module}/${className.charAt(0).toLowerCase()}${className.slice(1)}:${className}`,
    constructorName: `aws.${module}.${className}`,
    name: resource.names.pulumi ?? [name, ...elsewhere].join('-'),
  };
}

function ownName(resource: Resource): { readonly words: readonly string[]; readonly name: string } {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return { words: [resource.name, 'key'], name: resource.name };
    case 'alias': {
      const name = resource.aliasName.replace(/^alias\//, '');
      return { words: [name, 'alias'], name };
    }
    case 'role':
    case 'user':
    case 'group':
      return { words: [resource.name, resource.kind], name: resource.name };
    case 'identityPolicy':
      return { words: [resource.name, 'policy'], name: resource.name };
    case 'kmsGrant':
      return { words: [resource.keyName, resource.name, 'grant'], name: `${resource.keyName}-${resource.name}` };
    case 'sharedParameter': {
      const name = resource.parameterName.slice(resource.parameterName.lastIndexOf('/') + 1);
      return { words: [name, 'parameter'], name };
    }
  }
}

/** The module and class of `@pulumi/aws` 7 that declares a resource. */
function classOf(resource: Resource): { readonly module: string; readonly className: string } {
  switch (resource.kind) {
    // Key material that is imported later has classes of its own in the AWS provider.
    case 'key':
      return { module: 'kms', className: resource.origin === 'EXTERNAL' ? 'ExternalKey' : 'Key' };
    case 'replicaKey':
      return { module: 'kms', className: resource.origin === 'EXTERNAL' ? 'ReplicaExternalKey' : 'ReplicaKey' };
    case 'alias':
      return { module: 'kms', className: 'Alias' };
    case 'kmsGrant':
      return { module: 'kms', className: 'Grant' };
    case 'role':
      return { module: 'iam', className: 'Role' };
    case 'user':
      return { module: 'iam', className: 'User' };
    case 'group':
      return { module: 'iam', className: 'Group' };
    case 'identityPolicy':
      return {
        module: 'iam',
        className: { role: 'RolePolicy', user: 'UserPolicy', group: 'GroupPolicy' }[resource.attachTo.kind],
      };
    case 'sharedParameter':
      return { module: 'ssm', className: 'Parameter' };
  }
}

/** `['payments/orders', 'alias']` becomes `paymentsOrdersAlias`: always an identifier, as long as there is a letter. */
export function camelCase(names: readonly string[]): string {
  const words = names.flatMap((name) => name.split(/[^A-Za-z0-9]+/)).filter((word) => word !== '');
  const [first = '', ...rest] = words;
  // `HMACKey` becomes `hmacKey`: an acronym goes to lower case as a whole.
  const start = first.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
  const joined = start + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(start) ? `_${joined}` : joined;
}

/** The stack output through which other stacks see an export: `keysOrdersArn` for `keys.orders.arn`. */
export function exportOutputName(exportId: string): string {
  return camelCase([exportId]);
}

const longestProjectName = 100;

/**
 * The name of a stack's Pulumi project: `<app>-<stack>`. Pulumi allows 100 characters (letters, digits, `-`, `_`, `.`);
 * a longer one is cut and ends in a hash of the whole.
 */
export function projectName(app: string, stack: string): string {
  const whole = `${app}-${stack}`;
  const name = whole.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  if (name.length <= longestProjectName) return name;
  const hash = sha256(whole).slice(0, 8);
  return `${name.slice(0, longestProjectName - 1 - hash.length)}-${hash}`;
}

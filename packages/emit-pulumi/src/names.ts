import { environmentNameOf, ownNames } from '@keywright/core/emit/resource-names';
import { hashedName } from '@keywright/core/ir/bounded-name';
import type { Resource, Stack } from '@keywright/core/ir/program';

export interface ResourceNames {
  /** The preferred name of the TypeScript constant, such as `ordersKey`. */
  readonly constant: string;
  /** Pulumi's type token, as in URNs, such as `aws:kms/key:Key`. */
  readonly type: string;
  /** The TypeScript class, such as `aws.kms.Key`. */
  readonly constructorName: string;
  /** Pulumi's name for the resource, such as `orders`. Type and name form the URN. */
  readonly name: string;
}

export interface StackNames {
  of(resource: Resource): ResourceNames;
  byId(id: string): ResourceNames;
}

const cache = new WeakMap<Stack, StackNames>();

/** Returns the names of all resources of a stack. The names of a resource depend only on its own name and its pinned name. */
export function namesOf(stack: Stack): StackNames {
  const cached = cache.get(stack);
  if (cached !== undefined) return cached;
  const byId = new Map(stack.resources.map((resource) => [resource.id, namesOfResource(resource, stack)]));
  const names: StackNames = {
    of: ({ id }) => names.byId(id),
    byId(id) {
      const resourceNames = byId.get(id);
      if (resourceNames === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
      return resourceNames;
    },
  };
  cache.set(stack, names);
  return names;
}

function namesOfResource(resource: Resource, stack: Stack): ResourceNames {
  const words = ownNames(resource);
  const environment = environmentNameOf(resource, stack) ?? [];
  return {
    constant: camelCase([...words, nouns[resource.kind], environment].flat()),
    ...classOf(resource),
    name: resource.names.pulumi ?? [...words, environment].flat().join('-'),
  };
}

const nouns: Readonly<Record<Resource['kind'], string>> = {
  key: 'key',
  replicaKey: 'key',
  alias: 'alias',
  role: 'role',
  user: 'user',
  group: 'group',
  identityPolicy: 'policy',
  kmsGrant: 'grant',
  sharedParameter: 'parameter',
};

/** A class of `@pulumi/aws` 7. */
type ResourceClass = Pick<ResourceNames, 'type' | 'constructorName'>;

function classIn(module: string, className: string): ResourceClass {
  const token = className.charAt(0).toLowerCase() + className.slice(1);
  return { type: `aws:${module}/${token}:${className}`, constructorName: `aws.${module}.${className}` };
}

const classes = {
  key: classIn('kms', 'Key'),
  externalKey: classIn('kms', 'ExternalKey'),
  replicaKey: classIn('kms', 'ReplicaKey'),
  replicaExternalKey: classIn('kms', 'ReplicaExternalKey'),
  alias: classIn('kms', 'Alias'),
  kmsGrant: classIn('kms', 'Grant'),
  role: classIn('iam', 'Role'),
  user: classIn('iam', 'User'),
  group: classIn('iam', 'Group'),
  rolePolicy: classIn('iam', 'RolePolicy'),
  userPolicy: classIn('iam', 'UserPolicy'),
  groupPolicy: classIn('iam', 'GroupPolicy'),
  sharedParameter: classIn('ssm', 'Parameter'),
} as const;

function classOf(resource: Resource): ResourceClass {
  switch (resource.kind) {
    // Keys with imported material have separate classes in the AWS provider.
    case 'key':
      return resource.origin === 'EXTERNAL' ? classes.externalKey : classes.key;
    case 'replicaKey':
      return resource.origin === 'EXTERNAL' ? classes.replicaExternalKey : classes.replicaKey;
    case 'identityPolicy':
      return classes[`${resource.attachTo.kind}Policy`];
    default:
      return classes[resource.kind];
  }
}

/** Joins names: `['payments/orders', 'alias']` becomes `paymentsOrdersAlias`. The result is an identifier if it contains any letter. */
export function camelCase(names: readonly string[]): string {
  const words = names.flatMap(wordsOf);
  const [first = '', ...rest] = words;
  // `HMACKey` becomes `hmacKey`: a leading acronym becomes lower case as a whole.
  const start = /^[a-z]/.test(first)
    ? first
    : first.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
  const joined = start + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(start) ? `_${joined}` : joined;
}

function wordsOf(name: string): readonly string[] {
  if (/^[A-Za-z0-9]+$/.test(name)) return [name];
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

/** Returns the stack output that gives an export to other stacks: `keysOrdersArn` for `keys.orders.arn`. */
export function exportOutputName(exportId: string): string {
  return camelCase([exportId]);
}

/**
 * Returns the Pulumi project of a stack. All environments of a definition have the same project, whichever of the definition's programs
 * they run. So a resource's URN depends only on the definition and the environment.
 */
export function projectOf({ app, name, definition }: Pick<Stack, 'app' | 'name' | 'definition'>): string {
  return projectName(app, definition ?? name);
}

/**
 * Returns the Pulumi stack for a deployment of a definition with a list of environments. `undefined` for other deployments, because a
 * person chooses their names.
 */
export function pulumiStackOf({
  definition,
  environment,
}: Pick<Stack, 'definition' | 'environment'>): string | undefined {
  return definition === undefined ? undefined : environment.name;
}

const longestProjectName = 100;

/**
 * Returns the name of a Pulumi project: `<app>-<name>`. Pulumi allows 100 characters (letters, digits, `-`, `_`, `.`). A longer name is cut
 * and ends in a hash of the whole name.
 */
export function projectName(app: string, stack: string): string {
  const whole = `${app}-${stack}`;
  const name = whole.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  return name.length <= longestProjectName ? name : hashedName(name, whole, longestProjectName);
}

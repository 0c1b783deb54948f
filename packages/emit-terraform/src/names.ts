import { environmentNameOf, ownNames } from '@keywright/core/emit/resource-names';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** The type of the AWS provider's resource: `aws_kms_key`. */
export function resourceType(resource: Resource): string {
  switch (resource.kind) {
    // The AWS provider has separate types for keys with imported material.
    case 'key':
      return resource.origin === 'EXTERNAL' ? 'aws_kms_external_key' : 'aws_kms_key';
    case 'replicaKey':
      return resource.origin === 'EXTERNAL' ? 'aws_kms_replica_external_key' : 'aws_kms_replica_key';
    case 'alias':
      return 'aws_kms_alias';
    case 'kmsGrant':
      return 'aws_kms_grant';
    case 'role':
    case 'user':
    case 'group':
      return `aws_iam_${resource.kind}`;
    case 'identityPolicy':
      return `aws_iam_${resource.attachTo.kind}_policy`;
    case 'sharedParameter':
      return 'aws_ssm_parameter';
  }
}

/** A resource's name within its type: the pinned name, or the resource's own name in snake case. Depends on nothing else. */
export function resourceName(resource: Resource, stack: Stack): string {
  const environment = environmentNameOf(resource, stack);
  return (
    resource.names.terraform ?? snakeCase([...ownNames(resource), ...(environment === undefined ? [] : [environment])])
  );
}

/** A resource's address inside its module: `aws_kms_key.orders`. */
export function localAddress(resource: Resource, stack: Stack): string {
  return `${resourceType(resource)}.${resourceName(resource, stack)}`;
}

/** A resource's address in the state of its stack: `aws_kms_key.orders`, or `module.core.aws_kms_key.orders`. */
export function address(resource: Resource, stack: Stack): string {
  return modulePath(stack) + localAddress(resource, stack);
}

/** The prefix of a stack's addresses: `module.core.` for a definition with a list of environments, otherwise empty. */
export function modulePath({ definition }: Pick<Stack, 'definition'>): string {
  return definition === undefined ? '' : `module.${moduleName(definition)}.`;
}

/**
 * Returns the name of a definition's module in a root module. It is the same for all variants, so addresses depend on the definition alone.
 * The name of a definition contains no `_`, so two modules never have the same name.
 */
export function moduleName(definition: string): string {
  return definition.replaceAll('-', '_');
}

/** The folder with the modules of definitions, beside the folders of root modules. */
export const modulesFolder = 'modules';

/** Returns the name of the root module's output that gives an export to other stacks: `keys_orders_arn` for `keys.orders.arn`. */
export function exportOutputName(exportId: string): string {
  return snakeCase([exportId]);
}

/** The alias of the provider configuration for another region, `us_east_1`. There is one per region, so aliases never clash. */
export function providerAlias(region: string): string {
  return region.replaceAll('-', '_');
}

/**
 * Returns the name of the data source for the state of another stack. A stack's name contains no `_`, so two data sources never have the
 * same name.
 */
export function remoteStateName(stack: string): string {
  return stack.replaceAll('-', '_');
}

/**
 * Returns the name of the data source for a parameter with a value of another stack, such as `data-lake_keys_ordersApi_arn`. In snake case,
 * two values could get the same name, and core would have no resource at which to report the clash. In this form names are distinct, since
 * no `_` occurs in a stack's name, nor in an export's id around the name of its resource.
 */
export function parameterName(stack: string, exportId: string): string {
  return `${stack}_${exportId.replaceAll('.', '_')}`;
}

/** Joins names: `['payments/orders', 'prodEU']` becomes `payments_orders_prod_eu`, which is always an identifier. */
export function snakeCase(names: readonly string[]): string {
  const joined = names
    .flatMap((name) =>
      // `HMACKey` is two words, and so is `orders2Api`.
      (/[A-Z]/.test(name)
        ? name.replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
        : name
      ).split(/[^A-Za-z0-9]+/),
    )
    .filter((word) => word !== '')
    .join('_')
    .toLowerCase();
  return /^[a-z]/.test(joined) ? joined : `_${joined}`;
}

/**
 * Returns the preferred name of the variable for a parameter with these words: `us_east_1_environment` for `['us-east-1', 'environment']`.
 */
export function variableName(words: readonly string[]): string {
  const name = snakeCase(words);
  return name.startsWith('_') ? `value${name}` : name;
}

import { environmentNameOf, ownNames } from '@keywright/core/emit/resource-names';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** The provider's resource type that declares a resource: `aws_kms_key`. */
export function resourceType(resource: Resource): string {
  switch (resource.kind) {
    // Key material that is imported later has resource types of its own in the AWS provider.
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

/** What a resource is called in its type: its pin, or its own name in snake case. Depends on nothing else. */
export function resourceName(resource: Resource, stack: Stack): string {
  const known = resourceNames.get(resource);
  if (known !== undefined) return known;
  const environment = environmentNameOf(resource, stack);
  const name =
    resource.names.terraform ?? snakeCase([...ownNames(resource), ...(environment === undefined ? [] : [environment])]);
  resourceNames.set(resource, name);
  return name;
}

/** Every reference to a resource asks for its name. */
const resourceNames = new WeakMap<Resource, string>();

/** `aws_kms_key.orders`: how other resources of its module refer to this one. */
export function localAddress(resource: Resource, stack: Stack): string {
  return `${resourceType(resource)}.${resourceName(resource, stack)}`;
}

/** Where Terraform has it in the state of a stack: `aws_kms_key.orders`, or `module.core.aws_kms_key.orders`. */
export function address(resource: Resource, stack: Stack): string {
  return modulePath(stack) + localAddress(resource, stack);
}

/** What the addresses of a stack begin with: `module.core.` for a definition with a list of environments, else nothing. */
export function modulePath({ definition }: Pick<Stack, 'definition'>): string {
  return definition === undefined ? '' : `module.${moduleName(definition)}.`;
}

/**
 * What a root module calls the module of a definition, whichever of its variants that is, so that addresses depend on the definition
 * alone. A definition's name has no `_`, so two never become the same.
 */
export function moduleName(definition: string): string {
  return definition.replaceAll('-', '_');
}

/** The folder beside those of root modules that has the modules of definitions. */
export const modulesFolder = 'modules';

/** The root module output through which other stacks see an export: `keys_orders_arn` for `keys.orders.arn`. */
export function exportOutputName(exportId: string): string {
  return snakeCase([exportId]);
}

/** The alias of the provider configuration for another region, `us_east_1`: one a region, so it cannot clash. */
export function providerAlias(region: string): string {
  return region.replaceAll('-', '_');
}

/** The name of the data source for another stack's state. A stack's name has no `_`, so two never become the same. */
export function remoteStateName(stack: string): string {
  return stack.replaceAll('-', '_');
}

/**
 * The name of the data source for a parameter in which another stack shares a value: `data-lake_keys_ordersApi_arn`. Not in
 * snake case, in which two values could get one name, and no resource is there for core to report that on: a stack's name
 * has no `_`, nor has what stands before and after the name in an export's id.
 */
export function parameterName(stack: string, exportId: string): string {
  return `${stack}_${exportId.replaceAll('.', '_')}`;
}

/** `['payments/orders', 'prodEU']` becomes `payments_orders_prod_eu`: always an identifier. */
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

/** What the variable for a parameter of a program would best be called: `orders_description` for `ordersDescription`. */
export function variableName(parameter: string): string {
  return parameter.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

import { commentText } from '@keywright/core/emit/comment';
import type { Alias, LeftResource, Resource, Stack } from '@keywright/core/ir/program';
import { withoutIndexes } from '../moved-from.ts';
import { address, localAddress, providerAlias, resourceName } from '../names.ts';
import { quote } from '../print/text.ts';

/** The blocks of changes.tf, which tell Terraform about changes since earlier builds. */
export interface ChangesView {
  /** The lowest Terraform version that accepts the blocks. */
  readonly requiredVersion: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Resources that came from another stack. The id of a key is found through an alias, or the user has to supply it. */
  readonly imports: readonly {
    readonly to: string;
    readonly id: string;
    readonly provider: string | undefined;
    readonly was: string;
  }[];
  readonly lookups: readonly {
    readonly name: string;
    readonly aliasName: string;
    readonly provider: string | undefined;
  }[];
  readonly variables: readonly { readonly name: string; readonly description: string }[];
  readonly forgotten: readonly { readonly from: string; readonly label: string }[];
}

/** The blocks for a stack; `undefined` if there are none. */
export function changesView(stack: Stack): ChangesView | undefined {
  const moves = stack.resources.flatMap((resource) => {
    const former = formerAddresses(resource, stack);
    // Terraform takes one `moved` block for each destination, and follows chains of blocks.
    return former.map((from, index) => ({ from, to: former[index + 1] ?? address(resource, stack) }));
  });
  const forgotten = forgottenIn(stack);
  const came = stack.resources.filter((resource) => cameFrom(resource, stack).length > 0);
  if (moves.length + forgotten.length + came.length === 0) return undefined;

  const lookups: ChangesView['lookups'][number][] = [];
  const variables: ChangesView['variables'][number][] = [];
  const imports = came.flatMap((resource) => {
    const id = importId(resource, stack, lookups, variables);
    // A KMS grant is not imported: if name, key and operations are the same, KMS returns the existing grant instead of creating another.
    if (id === undefined) return [];
    const was = commentText(cameFrom(resource, stack).join(', or '));
    // A resource in a module has the provider of the `module` block. Terraform refuses another provider here ("Invalid import provider
    // argument").
    const provider = stack.definition === undefined ? providerOf(resource) : undefined;
    return [{ to: address(resource, stack), id, provider, was }];
  });
  return { requiredVersion: quote('>= 1.7'), moves, imports, lookups, variables, forgotten };
}

/** Returns a resource's addresses in earlier builds, oldest first. */
function formerAddresses(resource: Resource, stack: Stack): readonly string[] {
  const addresses = resource.formerNames?.terraform ?? [];
  if (inInventory.has(resource.kind)) return addresses;
  // Inventories of earlier versions record neither principals nor policies. A `moved` block for an address that does not exist does no
  // harm.
  const local = localAddress(resource, stack);
  return [...new Set([...addresses, ...(stack.formerPrefixes?.terraform ?? []).map((prefix) => prefix + local)])];
}

const inInventory: ReadonlySet<Resource['kind']> = new Set(['key', 'replicaKey', 'alias', 'kmsGrant']);

/** Returns the addresses that Terraform has to stop managing, each once. This applies to all instances of a resource together. */
function forgottenIn({ left = [] }: Stack): ChangesView['forgotten'] {
  const removed = left.flatMap((resource) => {
    const { kind, names, label, toStack } = resource;
    if (names.terraform === undefined) return [];
    if (kind === 'keyPolicy') {
      return [
        {
          from: withoutIndexes(names.terraform),
          label: commentText(`the policy of ${label}, which is part of the key now`),
        },
      ];
    }
    const what = toStack === undefined ? 'stays in AWS, and nothing here manages it' : `is in stack ${toStack} now`;
    return [{ from: withoutIndexes(names.terraform), label: commentText(`${inSentence(resource)} ${what}`) }];
  });
  return [...new Map(removed.map((one) => [one.from, one])).values()];
}

/** Names a resource, at the start of a sentence. */
function inSentence({ kind, key, label }: LeftResource): string {
  switch (kind) {
    case 'key':
      return `The key ${label}`;
    case 'replicaKey':
      return `The replica of ${key} in ${label}`;
    case 'kmsGrant':
      return `The KMS grant ${label} on ${key}`;
    case 'alias':
    case 'keyPolicy':
      return label;
  }
}

/** Returns the last address in every other root module that contained the resource; oldest first. */
function cameFrom({ formerStacks = [] }: Resource, stack: Stack): readonly string[] {
  const byStack = new Map<string, string>();
  for (const { name, names } of formerStacks) {
    if (name !== stack.name && names.terraform !== undefined) byStack.set(name, `${names.terraform} of stack ${name}`);
  }
  return [...byStack.values()];
}

/**
 * Returns the id that Terraform needs to import a resource. Source: Terraform Registry, the section "Import" of each resource of the AWS
 * provider.
 */
function importId(
  resource: Resource,
  stack: Stack,
  lookups: ChangesView['lookups'][number][],
  variables: ChangesView['variables'][number][],
): string | undefined {
  if (resource.kind === 'alias') return quote(resource.aliasName);
  if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return undefined;
  const name = `moved_${resourceName(resource, stack)}`;
  const alias = stack.resources.find(
    (one): one is Alias =>
      one.kind === 'alias' &&
      // An alias that is newer than the key, or that pointed to another key, does not point to this key in every deployment.
      one.isRepointed !== true &&
      one.formerStacks?.[0]?.name === resource.formerStacks?.[0]?.name &&
      one.target.kind === 'reference' &&
      one.target.resource === resource.id,
  );
  if (alias === undefined) {
    const variable = `${name}_key_id`;
    const place = resource.region === undefined ? '' : ` in ${resource.region}`;
    const description = quote(`The id of the KMS key${place} that was ${cameFrom(resource, stack).join(', or ')}`);
    variables.push({ name: quote(variable), description });
    return `var.${variable}`;
  }
  lookups.push({ name: quote(name), aliasName: quote(alias.aliasName), provider: providerOf(resource) });
  return `data.aws_kms_alias.${name}.target_key_id`;
}

function providerOf({ region }: Resource): string | undefined {
  return region && `aws.${providerAlias(region)}`;
}

import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import { lines, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { providerAlias } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { type ArgumentView, argumentViews } from './resource.ts';

/** The view of a provider configuration in `providers.tf.hbs`. */
export interface ProviderView {
  /** Why the provider is configured although no resource uses it. */
  readonly comment: string | undefined;
  readonly isEmpty: boolean;
  readonly settings: readonly ArgumentView[];
  readonly blocks: readonly { readonly name: string; readonly settings: readonly ArgumentView[] }[];
}

/** The provider configurations of the root module of a stack, its own first. */
export function providerViews(
  stack: Stack,
  options: TerraformOptions,
  print: (value: RowValue) => string,
): readonly ProviderView[] {
  return providersOf(stack, options).map(({ settings, blocks, isFormer }) => ({
    comment: isFormer
      ? 'The last build had replicas here. Terraform needs this until they are destroyed or forgotten.'
      : undefined,
    isEmpty: written(settings).length === 0 && blocks.length === 0,
    settings: argumentViews(settings, print),
    blocks: blocks.map(({ name, settings }) => ({ name, settings: argumentViews(settings, print) })),
  }));
}

/** The regions of a stack's replicas, each once, sorted. */
export function replicaRegions({ replicaEnvironments }: Stack): readonly string[] {
  return [...new Set(replicaEnvironments.map(({ region }) => region ?? ''))].sort();
}

interface Provider {
  /** Whether only earlier builds had replicas in its region. */
  readonly isFormer: boolean;
  readonly settings: Rows;
  readonly blocks: readonly { readonly name: string; readonly settings: Rows }[];
}

function providersOf(stack: Stack, options: TerraformOptions): readonly Provider[] {
  // Environments that differ only in name share one configuration. Regions that had replicas keep theirs: Terraform destroys
  // a removed replica with the provider that created it, and refuses to plan without it.
  const { formerRegions = [], environment } = stack;
  const used = replicaRegions(stack);
  const blocks = providerBlocks(stack, options);
  return [
    { settings: placeRows(environment), blocks, isFormer: false },
    ...[...new Set([...used, ...formerRegions])].sort().map((region) => ({
      settings: [['alias', providerAlias(region)] as const, ...placeRows({ ...environment, region })],
      blocks,
      isFormer: !used.includes(region),
    })),
  ];
}

/** The settings that the options give every provider. Replicas belong to the stack's deployment. */
function providerBlocks(stack: Stack, { assumeRole, defaultTags }: TerraformOptions): Provider['blocks'] {
  const tags = Object.entries(defaultTags ?? {}).map(([name, value]) => ({ name, value: fill(value, stack) }));
  const role = roleOf(assumeRole, stack);
  return [
    ...(role === undefined ? [] : [{ name: 'assume_role', settings: [['role_arn', role]] as const }]),
    ...(tags.length === 0 ? [] : [{ name: 'default_tags', settings: [['tags', lines(tags)]] as const }]),
  ];
}

function placeRows({ region, account }: Environment): Rows {
  return [
    ['region', region],
    ['allowed_account_ids', account === undefined ? undefined : [account]],
  ];
}

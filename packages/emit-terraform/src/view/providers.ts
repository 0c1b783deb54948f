import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import { lines, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { providerAlias } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { blocksIn, isArgument } from '../provider-settings.ts';
import { type ArgumentView, argumentViews } from './resource.ts';
import { settingRows } from './settings.ts';

/** The view of a provider configuration in `providers.tf.hbs`. */
export interface ProviderView {
  /** Why the provider is configured although no resource uses it. */
  readonly comment: string | undefined;
  readonly isEmpty: boolean;
  readonly settings: readonly ArgumentView[];
  readonly blocks: readonly { readonly name: string; readonly settings: readonly ArgumentView[] }[];
}

/** The provider configurations of a stack's root module. The stack's own region comes first. */
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
  // Environments that differ only in name share one configuration. A region that had replicas keeps its configuration: to destroy a removed
  // replica, Terraform needs the provider that created it, and refuses to plan without that provider.
  const { formerRegions = [], environment } = stack;
  const used = replicaRegions(stack);
  const provider = (alias: string | undefined, place: Environment) => ({
    settings: [['alias', alias] as const, ...placeRows(place), ...moreArguments(stack, place, options)],
    blocks: providerBlocks(stack, place, options),
  });
  return [
    { ...provider(undefined, environment), isFormer: false },
    ...[...new Set([...used, ...formerRegions])].sort().map((region) => ({
      ...provider(providerAlias(region), { ...environment, region }),
      isFormer: !used.includes(region),
    })),
  ];
}

/** Returns the `providerSettings` that are arguments. In their texts, `${region}` is the region of the provider. */
function moreArguments(stack: Stack, place: Environment, { providerSettings = {} }: TerraformOptions): Rows {
  const settings = Object.entries(providerSettings).flatMap(([name, setting]) =>
    isArgument(setting) ? [[name, setting] as const] : [],
  );
  return settingRows(Object.fromEntries(settings), { ...stack, environment: place });
}

/**
 * Returns the nested blocks of every provider. A replica is part of its stack's deployment, so the role and the tags are those of that
 * deployment.
 */
function providerBlocks(
  stack: Stack,
  place: Environment,
  { assumeRole, defaultTags, providerSettings: { assume_role: ofRole = {}, ...others } = {} }: TerraformOptions,
): Provider['blocks'] {
  const deployment = { ...stack, environment: place };
  const tags = Object.entries(defaultTags ?? {}).map(([name, value]) => ({ name, value: fill(value, stack) }));
  const role = roleOf(assumeRole, stack);
  const roleRows = blocksIn(ofRole).flatMap((block) => settingRows(block, deployment));
  return [
    ...(role === undefined ? [] : [{ name: 'assume_role', settings: [['role_arn', role] as const, ...roleRows] }]),
    ...(tags.length === 0 ? [] : [{ name: 'default_tags', settings: [['tags', lines(tags)]] as const }]),
    ...Object.entries(others).flatMap(([name, setting]) =>
      blocksIn(setting).map((block) => ({ name, settings: settingRows(block, deployment) })),
    ),
  ];
}

function placeRows({ region, account }: Environment): Rows {
  return [
    ['region', region],
    ['allowed_account_ids', account === undefined ? undefined : [account]],
  ];
}

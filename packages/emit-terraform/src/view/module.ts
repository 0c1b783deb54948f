import { commentText, headerComment, outputText } from '@keywright/core/emit/comment';
import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { usesOf } from '@keywright/core/emit/references';
import { lines, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { providerAlias } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { moduleOutputs } from '../outputs.ts';
import { createPrinter } from '../print/printer.ts';
import { quote } from '../print/text.ts';
import { providerConstraint } from '../provider-needs.ts';
import { type Backend, backendOf } from './backend.ts';
import { changesView } from './changes.ts';
import { dataView } from './data.ts';
import { argumentViews, resourceView } from './resource.ts';

/** What the templates of one root module see, by file. */
export function moduleViews(stack: Stack, options: TerraformOptions, generator: string) {
  const print = createPrinter(stack, options);
  const header = headerComment(generator);
  const backend = backendOf(stack, options);
  const changes = changesView(stack);
  return {
    'main.tf': {
      header,
      data: dataView(stack, usesOf(stack, 'terraform'), options, print),
      resources: inReadingOrder(stack.resources).map((resource) => resourceView(resource, stack, print)),
    },
    'providers.tf': {
      header,
      providers: providersOf(stack, options).map(({ settings, blocks }) => ({
        isEmpty: written(settings).length === 0 && blocks.length === 0,
        settings: argumentViews(settings, print),
        blocks: blocks.map(({ name, settings }) => ({ name, settings: argumentViews(settings, print) })),
      })),
    },
    'versions.tf': {
      header,
      providerVersion: quote(providerConstraint(stack, options.provider)),
      backend: backend && backendView(backend, print),
    },
    'outputs.tf': {
      header,
      outputs: moduleOutputs.of(stack).map((output) => ({
        source: commentText(outputText(output, stack)),
        name: quote(output.name),
        description: output.description && quote(output.description),
        value: print(output.value),
        forStacks: output.forStacks,
      })),
    },
    ...(changes !== undefined && { 'changes.tf': { header, ...changes } }),
  };
}

/** A block of HCL: `backend "s3"`, or `cloud`, which has no label and a block of its own for workspaces. */
function backendView({ type, settings }: Backend, print: (value: RowValue) => string) {
  const isCloud = type === 'cloud';
  const nested = settings.filter(([name]) => isCloud && name === 'workspaces');
  return {
    heading: isCloud ? 'cloud' : `backend ${quote(type)}`,
    settings: argumentViews(
      settings.filter((row) => !nested.includes(row)),
      print,
    ),
    blocks: nested.flatMap(([name, value]) =>
      typeof value === 'object' && 'kind' in value && value.kind === 'object'
        ? [{ name, settings: argumentViews(value.entries, print) }]
        : [],
    ),
  };
}

interface Provider {
  readonly settings: Rows;
  readonly blocks: readonly { readonly name: string; readonly settings: Rows }[];
}

function providersOf(stack: Stack, options: TerraformOptions): readonly Provider[] {
  // Environments that differ in name only share one configuration. Regions without a replica have one as well: Terraform
  // destroys a replica that has left with the provider that made it, and refuses to plan without.
  const others = [...stack.replicaEnvironments, ...(stack.siblingEnvironments ?? [])];
  const byRegion = new Map(others.map((environment) => [environment.region ?? '', environment]));
  const sorted = [...byRegion].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, environment]) => environment);
  const blocks = providerBlocks(stack, options);
  return [
    { settings: placeRows(stack.environment), blocks },
    ...sorted.map((environment) => {
      const { region } = environment;
      const alias = ['alias', region === undefined ? undefined : providerAlias(region)] as const;
      return { settings: [alias, ...placeRows(environment)], blocks };
    }),
  ];
}

/** What the options say about every provider. The deployment is that of the stack: its replicas are part of it. */
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

import { headerComment, sourceComment } from '@keywright/core/emit/comment';
import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { usesOf } from '@keywright/core/emit/references';
import type { Rows } from '@keywright/core/emit/rows';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { providerAlias } from '../names.ts';
import { moduleOutputs } from '../outputs.ts';
import { createPrinter } from '../print/printer.ts';
import { quote } from '../print/text.ts';
import { providerConstraint } from '../provider-needs.ts';
import type { TerraformOptions } from '../target.ts';
import { backendOf } from './backend.ts';
import { changesView } from './changes.ts';
import { dataView } from './data.ts';
import { argumentViews, resourceView } from './resource.ts';

/** What the templates of one root module see, by file. */
export function moduleViews(stack: Stack, options: TerraformOptions, generator: string) {
  const print = createPrinter(stack, options);
  const header = headerComment(generator);
  const backend = backendOf(stack.name, options);
  const changes = changesView(stack);
  return {
    'main.tf': {
      header,
      data: dataView(usesOf(stack, 'terraform'), options, print),
      resources: inReadingOrder(stack.resources).map((resource) => resourceView(resource, stack, print)),
    },
    'providers.tf': {
      header,
      providers: providersOf(stack).map((settings) => ({ settings: argumentViews(settings, print) })),
    },
    'versions.tf': {
      header,
      providerVersion: quote(providerConstraint(stack, options.provider)),
      backend: backend && { type: quote(backend.type), settings: argumentViews(backend.settings, print) },
    },
    'outputs.tf': {
      header,
      outputs: moduleOutputs.of(stack).map(({ name, value, forStacks, source }) => ({
        source: sourceComment(source),
        name: quote(name),
        value: print(value),
        forStacks,
      })),
    },
    ...(changes !== undefined && { 'changes.tf': { header, ...changes } }),
  };
}

function providersOf(stack: Stack): readonly Rows[] {
  // Environments that differ in name only share one configuration. Regions without a replica have one as well: Terraform
  // destroys a replica that has left with the provider that made it, and refuses to plan without.
  const others = [...stack.replicaEnvironments, ...(stack.siblingEnvironments ?? [])];
  const byRegion = new Map(others.map((environment) => [environment.region ?? '', environment]));
  const sorted = [...byRegion].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, environment]) => environment);
  return [
    placeRows(stack.environment),
    ...sorted.map((environment): Rows => {
      const { region } = environment;
      return [['alias', region === undefined ? undefined : providerAlias(region)], ...placeRows(environment)];
    }),
  ];
}

function placeRows({ region, account }: Environment): Rows {
  return [
    ['region', region],
    ['allowed_account_ids', account === undefined ? undefined : [account]],
  ];
}

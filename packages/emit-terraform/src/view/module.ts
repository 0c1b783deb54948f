import type { Environment, Stack } from '@keywright/core/ir/program';
import { providerAlias } from '../names.ts';
import { moduleOutputs } from '../outputs.ts';
import { commentText, quote } from '../print/text.ts';
import { print } from '../print/value.ts';
import { providerConstraint } from '../provider-needs.ts';
import type { TerraformOptions } from '../target.ts';
import { backendOf } from './backend.ts';
import { dataView } from './data.ts';
import { placeOf } from './place.ts';
import { createReferences } from './references.ts';
import { resourceViews } from './resources.ts';

/** What the templates of one root module see, by file. */
export function moduleViews(stack: Stack, options: TerraformOptions, generator: string) {
  const references = createReferences(stack, options);
  const header = `Made by ${commentText(generator)} from keywright.yaml; do not edit by hand.`;
  const resources = resourceViews(stack, references);
  const outputs = moduleOutputs.of(stack).map(({ name, value, forStacks, source }) => ({
    place: placeOf(source),
    name: quote(name),
    value: references.writer().print(value),
    forStacks,
  }));
  return {
    'main.tf': { header, data: dataView(references.used, options), resources },
    'providers.tf': { header, providers: providersOf(stack) },
    'versions.tf': {
      header,
      providerVersion: quote(providerConstraint(stack, options.provider)),
      backend: backendOf(stack.name, options),
    },
    'outputs.tf': { header, outputs },
  };
}

function providersOf(stack: Stack) {
  // Environments that differ in name only share one configuration. Regions without a replica have one as well: Terraform
  // destroys a replica that has left with the provider that made it, and refuses to plan without.
  const others = [...stack.replicaEnvironments, ...(stack.siblingEnvironments ?? [])];
  const byRegion = new Map(others.map((environment) => [environment.region ?? '', environment]));
  const sorted = [...byRegion].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, environment]) => environment);
  return [stack.environment, ...sorted].map((environment, index) => ({
    settings: [
      ...(index > 0 && environment.region ? [{ name: 'alias', value: quote(providerAlias(environment.region)) }] : []),
      ...placeSettings(environment),
    ],
  }));
}

function placeSettings({ region, account }: Environment) {
  return [
    ...(region === undefined ? [] : [{ name: 'region', value: quote(region) }]),
    ...(account === undefined ? [] : [{ name: 'allowed_account_ids', value: print([quote(account)]) }]),
  ];
}

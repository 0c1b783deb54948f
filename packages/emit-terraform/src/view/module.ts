import { commentText, headerComment, outputText } from '@keywright/core/emit/comment';
import { createParameters } from '@keywright/core/emit/parameters';
import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { usesOf } from '@keywright/core/emit/references';
import type { Stack } from '@keywright/core/ir/program';
import type { TerraformOptions } from '../options.ts';
import { descriptionOf, moduleOutputs } from '../outputs.ts';
import { createPrinter } from '../print/printer.ts';
import { quote } from '../print/text.ts';
import { providerConstraint } from '../provider-needs.ts';
import { backendOf } from './backend.ts';
import { backendView } from './backend-block.ts';
import { changesView } from './changes.ts';
import { dataView } from './data.ts';
import { providerViews } from './providers.ts';
import { resourceView } from './resource.ts';

/** Returns the views of the templates, by file, for the root module of a stack that shares its program with no other deployment. */
export function moduleViews(stack: Stack, options: TerraformOptions, generator: string) {
  const print = createPrinter(stack, options);
  const header = headerComment(generator);
  const backend = backendOf(stack, options);
  const changes = changesView(stack);
  const parameters = createParameters({ name: stack.name, deployments: [stack] });
  return {
    'main.tf': {
      header,
      data: dataView(stack, usesOf(stack, 'terraform'), options, print),
      resources: inReadingOrder(stack.resources).map((resource) => resourceView(resource, stack, parameters, print)),
    },
    'providers.tf': { header, providers: providerViews(stack, options, print) },
    'versions.tf': {
      header,
      providerVersion: quote(providerConstraint(stack, options.provider)),
      configurationAliases: undefined,
      backend: backend && backendView(backend, print),
    },
    'outputs.tf': {
      header,
      outputs: moduleOutputs.of(stack).map((output) => ({
        source: commentText(outputText(output, stack)),
        name: quote(output.name),
        description: quote(descriptionOf(output, stack)),
        value: print(output.value),
        forStacks: output.forStacks,
      })),
    },
    ...(changes !== undefined && { 'changes.tf': { header, ...changes } }),
  };
}

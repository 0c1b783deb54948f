/** Finds what stacks use from each other, and the order in which they are deployed. Reports a cycle between stacks (KW2009). */
import { resultInStack } from '../diagnostics/in-stack.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { Alias, KmsGrant, SharedParameter, Stack } from '../ir/program.ts';
import { provenance } from '../project/located.ts';
import { keysOf, type Model, type StackModel } from '../resolve/model.ts';
import { nameTextOf } from '../resolve/stack-environments.ts';
import type { Links } from '../stacks/links.ts';
import { sharedParameterName } from '../stacks/shared-parameter.ts';
import { orderStacks } from '../stacks/stack-order.ts';
import { synthesiseImportAlias } from './aliases.ts';
import { interpolateTags } from './keys.ts';
import { synthesiseImportKmsGrants, synthesiseKmsGrants } from './kms-grants.ts';
import { createOutputSynthesis } from './outputs.ts';

/** A stack with everything in it that can use another stack, except policies. */
export interface LinkedStack extends Pick<Stack, 'outputs' | 'exports' | 'imports' | 'dependsOn'> {
  readonly model: StackModel;
  /** The aliases that the stack creates for imported keys. */
  readonly aliases: readonly Alias[];
  readonly kmsGrants: readonly KmsGrant[];
  /** The parameters that the stack creates for other stacks and for readers outside the project. */
  readonly parameters: readonly SharedParameter[];
  readonly physicalNameOf: Links['physicalNameOf'];
}

/** The stacks in deployment order. Every use of another stack is found before any stack's exports are settled. */
export function linkStacks(model: Model, links: Links): Result<readonly LinkedStack[]> {
  const collector = createCollector();
  const outputSynthesis = createOutputSynthesis();
  const users = new Map(
    model.stacks.map((stack) => {
      const imports = [...stack.imports.values()];
      const users = {
        aliases: imports.flatMap((imported) => synthesiseImportAlias(imported, links)),
        kmsGrants: [
          ...keysOf(stack).flatMap((key) => collector.take(resultInStack(stack, synthesiseKmsGrants(key, links)))),
          ...imports.flatMap((imported) =>
            collector.take(resultInStack(stack, synthesiseImportKmsGrants(imported, links))),
          ),
        ],
        shown: collector.take(resultInStack(stack, outputSynthesis.of(stack, links))),
      };
      return [stack, users] as const;
    }),
  );
  const ordered = collector.take(orderStacks(model.stacks, links));
  collector.add(...links.diagnostics);
  for (const stack of ordered) collector.add(...outputSynthesis.namedLike(links.exportsOf(stack), stack));
  return collector.result(
    ordered.map((stack) => ({
      model: stack,
      aliases: users.get(stack)?.aliases ?? [], // every stack has an entry
      kmsGrants: users.get(stack)?.kmsGrants ?? [],
      outputs: users.get(stack)?.shown.outputs ?? [],
      exports: links.exportsOf(stack),
      imports: links.importsOf(stack),
      parameters: [...collector.take(parametersOf(stack, links)), ...(users.get(stack)?.shown.parameters ?? [])],
      dependsOn: links
        .edgesOf(stack)
        .map((edge) => edge.to.name)
        .sort(),
      physicalNameOf: links.physicalNameOf,
    })),
  );
}

function parametersOf(stack: StackModel, links: Links): Result<readonly SharedParameter[]> {
  const collector = createCollector();
  const parameters = links.parametersOf(stack).map(({ id, source, value }) => {
    const parameterName = sharedParameterName(stack.app, nameTextOf(stack), id);
    const parameter: SharedParameter = {
      kind: 'sharedParameter',
      id: `sharedParameter/${id}`,
      names: {},
      dependsOn: [],
      source: provenance(source),
      parameterName: parameterName.text,
      value,
      tags: collector.take(interpolateTags(stack.tags, stack.place)),
    };
    return withNameOrigins(parameter, parameterName);
  });
  return collector.result(parameters);
}

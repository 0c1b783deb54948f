import { commentText, headerComment, outputText } from '@keywright/core/emit/comment';
import { createParameters } from '@keywright/core/emit/parameters';
import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { code } from '@keywright/core/emit/rows';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { Stack } from '@keywright/core/ir/program';
import { moduleName, modulesFolder, providerAlias } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { descriptionOf, moduleOutputs } from '../outputs.ts';
import { createPrinter } from '../print/printer.ts';
import { quote } from '../print/text.ts';
import { providerConstraint } from '../provider-needs.ts';
import { backendOf } from './backend.ts';
import { backendView } from './backend-block.ts';
import { changesView } from './changes.ts';
import { dataView } from './data.ts';
import { providerViews, replicaRegions } from './providers.ts';
import { resourceView } from './resource.ts';
import { createModuleScope, isParameter, type Variable, variableView } from './variables.ts';

/** The views for the deployments of a definition: for their shared module, and for the root module of each. */
export interface ProgramViews {
  /** By file. */
  readonly module: Readonly<Record<string, object>>;
  /** By file, of a deployment. */
  readonly root: (stack: Stack) => Readonly<Record<string, object>>;
}

export function programViews(program: StackProgram, options: TerraformOptions, generator: string): ProgramViews {
  const { deployments } = program;
  const [first] = deployments;
  const definition = first.definition ?? program.name;
  const header = headerComment(generator);
  const parameters = createParameters(program);
  const scope = createModuleScope(first, parameters);
  const print = createPrinter(first, options, scope);
  const providerVersion = quote(providerConstraint(first, options.provider));
  const replicas = replicaRegions(first).map((region) => `aws.${providerAlias(region)}`);

  // Printing them reveals what they need from outside.
  const resources = inReadingOrder(first.resources).map((one) => resourceView(one, first, parameters, print));
  const outputs = moduleOutputs.of(first).map((output, index) => ({
    source: commentText(outputText(output, first)),
    name: quote(output.name),
    description: quote(descriptionOf(output, first)),
    value: print(parameters.value([output.name], (one) => moduleOutputs.of(one)[index]?.value ?? output.value)),
    forStacks: output.forStacks,
  }));
  const variables = scope.variables();
  const uses = { pseudos: scope.pseudos(), stacks: [], parameters: [], resources: new Set<string>() };

  const module = {
    'main.tf': { header, data: dataView(first, uses, options, print), resources },
    'variables.tf': { header, variables: variables.map(variableView) },
    'versions.tf': {
      header,
      providerVersion,
      configurationAliases: replicas.length === 0 ? undefined : print(replicas.map(code)),
      backend: undefined,
    },
    'outputs.tf': { header, outputs },
  };

  const call = (stack: Stack) => {
    const print = createPrinter(stack, options);
    const imports = scope.imports(stack);
    const parameterImports = imports.filter((entry) => isParameter(entry, stack));
    const states = imports.filter((entry) => !parameterImports.includes(entry)).map((entry) => entry.stack);
    const scopeInput = {
      ...uses,
      pseudos: new Set<never>(),
      stacks: [...new Set(states)].sort(),
      parameters: parameterImports,
    };
    const printed = (variable: Variable) => print(variable.valueOf(stack));
    return {
      header,
      data: dataView(stack, scopeInput, options, print),
      name: quote(moduleName(definition)),
      source: quote(`../${modulesFolder}/${program.name}`),
      providers: replicas.length === 0 ? undefined : ['aws', ...replicas],
      arguments: variables.map((variable) => ({ name: variable.name, value: printed(variable) })),
    };
  };

  const root = (stack: Stack) => {
    const print = createPrinter(stack, options);
    const backend = backendOf(stack, options);
    const changes = changesView(stack);
    const providers = providerViews(stack, options, print).filter(({ isEmpty }) => !isEmpty);
    return {
      'main.tf': call(stack),
      ...(providers.length > 0 && { 'providers.tf': { header, providers } }),
      'versions.tf': {
        header,
        providerVersion,
        configurationAliases: undefined,
        backend: backend && backendView(backend, print),
      },
      ...(outputs.length > 0 && {
        'outputs.tf': {
          header,
          outputs: moduleOutputs.of(stack).map((output) => ({
            source: undefined,
            name: quote(output.name),
            description: quote(descriptionOf(output, first)),
            value: `module.${moduleName(definition)}.${output.name}`,
            forStacks: false,
          })),
        },
      }),
      ...(changes !== undefined && { 'changes.tf': { header, ...changes } }),
    };
  };

  return { module, root };
}

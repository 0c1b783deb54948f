import { commentText, headerComment, outputText } from '@keywright/core/emit/comment';
import { createParameters } from '@keywright/core/emit/parameters';
import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { code, type RowValue } from '@keywright/core/emit/rows';
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
import { createModuleScope, isParameter, type ModuleScope, type Variable, variableView } from './variables.ts';

/** The views for the deployments of a definition, by file: for the module that they share, and for the root module of each deployment. */
export interface ProgramViews {
  readonly module: Readonly<Record<string, object>>;
  readonly root: (stack: Stack) => Readonly<Record<string, object>>;
}

export function programViews(program: StackProgram, options: TerraformOptions, generator: string): ProgramViews {
  const shared = sharedModule(program, options, generator);
  return { module: shared.views, root: (stack) => rootViews(stack, shared, options) };
}

/** The module that the deployments of a program share, and what their root modules need to call it. */
interface SharedModule {
  readonly views: ProgramViews['module'];
  readonly first: Stack;
  /** The module's name in root modules. */
  readonly name: string;
  /** The path to the module's folder from the folder of a root module. */
  readonly source: string;
  /** The configurations of the AWS provider that the module takes for other regions. */
  readonly providers: readonly string[];
  readonly variables: readonly Variable[];
  readonly imports: ModuleScope['imports'];
  readonly header: string;
  readonly providerVersion: string;
}

function sharedModule(program: StackProgram, options: TerraformOptions, generator: string): SharedModule {
  const [first] = program.deployments;
  const header = headerComment(generator);
  const parameters = createParameters(program);
  const scope = createModuleScope(first, parameters);
  const print = createPrinter(first, options, scope);
  const providerVersion = quote(providerConstraint(first, options.provider));
  const providers = replicaRegions(first).map((region) => `aws.${providerAlias(region)}`);

  // Prints the resources first, which shows which values they need from outside.
  const resources = inReadingOrder(first.resources).map((one) => resourceView(one, first, parameters, print));
  const outputs = moduleOutputs.of(first).map((output, index) => ({
    source: commentText(outputText(output, first)),
    name: quote(output.name),
    description: quote(descriptionOf(output, first)),
    value: print(parameters.value([output.name], (one) => moduleOutputs.of(one)[index]?.value ?? output.value)),
    forStacks: output.forStacks,
  }));
  const variables = scope.variables();
  const uses = { pseudos: scope.pseudos(), stacks: [], parameters: [] };
  return {
    views: {
      'main.tf': { header, data: dataView(first, uses, options, print), resources },
      'variables.tf': { header, variables: variables.map(variableView) },
      'versions.tf': {
        header,
        providerVersion,
        configurationAliases: providers.length === 0 ? undefined : print(providers.map(code)),
        backend: undefined,
      },
      'outputs.tf': { header, outputs },
    },
    first,
    name: moduleName(first.definition ?? program.name),
    source: `../${modulesFolder}/${program.name}`,
    providers,
    variables,
    imports: scope.imports,
    header,
    providerVersion,
  };
}

function rootViews(stack: Stack, shared: SharedModule, options: TerraformOptions): Readonly<Record<string, object>> {
  const { header, providerVersion } = shared;
  const print = createPrinter(stack, options);
  const backend = backendOf(stack, options);
  const changes = changesView(stack);
  const providers = providerViews(stack, options, print).filter(({ isEmpty }) => !isEmpty);
  const outputs = moduleOutputs.of(stack).map((output) => ({
    source: undefined,
    name: quote(output.name),
    description: quote(descriptionOf(output, shared.first)),
    value: `module.${shared.name}.${output.name}`,
    forStacks: false,
  }));
  return {
    'main.tf': callView(stack, shared, options, print),
    ...(providers.length > 0 && { 'providers.tf': { header, providers } }),
    'versions.tf': {
      header,
      providerVersion,
      configurationAliases: undefined,
      backend: backend && backendView(backend, print),
    },
    ...(outputs.length > 0 && { 'outputs.tf': { header, outputs } }),
    ...(changes !== undefined && { 'changes.tf': { header, ...changes } }),
  };
}

/** Returns the call of the shared module. Values of other stacks are passed on to the module. */
function callView(
  stack: Stack,
  { header, name, source, providers, variables, imports }: SharedModule,
  options: TerraformOptions,
  print: (value: RowValue) => string,
) {
  const used = imports(stack);
  const parameters = used.filter((entry) => isParameter(entry, stack));
  const states = used.filter((entry) => !isParameter(entry, stack)).map((entry) => entry.stack);
  const stacks = [...new Set(states)].sort();
  return {
    header,
    data: dataView(stack, { pseudos: new Set(), stacks, parameters }, options, print),
    name: quote(name),
    source: quote(source),
    providers: providers.length === 0 ? undefined : ['aws', ...providers],
    arguments: variables.map((variable) => ({ name: variable.name, value: print(variable.valueOf(stack)) })),
  };
}

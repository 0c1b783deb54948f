import { commentText, headerComment, outputText, sourceComment } from '@keywright/core/emit/comment';
import { usesOf } from '@keywright/core/emit/references';
import { policy } from '@keywright/core/emit/rows';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { Stack } from '@keywright/core/ir/program';
import { holdsOutput } from '../holds-output.ts';
import { camelCase } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { programOutputs } from '../outputs.ts';
import { printAssignment, printExpression } from '../print/code.ts';
import { createConstants, type Declaration } from '../print/constants.ts';
import { createPrinter } from '../print/printer.ts';
import { exportedName, stringLiteral } from '../print/text.ts';
import { dataOf } from './data.ts';
import { createProviders } from './providers.ts';
import { resourceCodes } from './resources.ts';

/** A statement, up to the semicolon. */
interface StatementView {
  /** The constant that it declares, if anything uses it. */
  readonly constant: string | undefined;
  /** `= new aws.kms.Key(…)` if it declares one, else the expression alone. */
  readonly value: string;
}

interface SourcedView extends StatementView {
  /** Where in the YAML it comes from. */
  readonly source: string;
}

interface OutputView extends SourcedView {
  /** The output's name where no constant can have it; else the constant is exported as it is. */
  readonly exportedAs: string | undefined;
  readonly forStacks: boolean;
}

/** What the template of index.ts sees. */
export interface ProgramView {
  readonly header: string;
  readonly imports: readonly { readonly namespace: string; readonly module: string }[];
  readonly providers: readonly StatementView[];
  readonly lookups: readonly StatementView[];
  readonly stackReferences: readonly StatementView[];
  readonly parameters: readonly SourcedView[];
  readonly resources: readonly SourcedView[];
  readonly outputs: readonly OutputView[];
}

export function programView(stack: Stack, options: PulumiOptions, generator: string): ProgramView {
  const uses = usesOf(stack, 'pulumi');
  const constants = createConstants(stack);
  const providers = createProviders(stack, constants, options);
  const print = createPrinter(stack, constants);
  const resources = resourceCodes(stack, constants, providers, print);
  const outputs = programOutputs.of(stack).map(({ value, ...output }) => ({ ...output, code: print(value) }));
  const { lookups, stackReferences, parameters } = dataOf(uses, stack, constants, providers, options);
  return {
    header: headerComment(generator),
    imports: importsOf({
      pulumi: computesText(stack) || stackReferences.length > 0,
      aws: resources.length + lookups.length + parameters.length > 0,
    }),
    providers: providers.used().map(declared),
    lookups: lookups.map(declared),
    stackReferences: stackReferences.map(declared),
    parameters: parameters.map(({ source, ...declaration }) => ({ source, ...declared(declaration) })),
    resources: resources.map(({ resource, code }) => {
      const source = sourceComment(resource, stack);
      if (!uses.resources.has(resource.id)) return { source, constant: undefined, value: printExpression(code) };
      return { source, ...declared({ constant: constants.ofResource(resource.id), code }) };
    }),
    outputs: outputs.map(({ code, ...output }) => {
      const { name, forStacks } = output;
      const source = commentText(outputText(output, stack));
      const exported = constants.ofOutput(name);
      if (exported !== undefined) {
        const value = printAssignment(`export const ${exported}`, code);
        return { source, constant: exported, value, exportedAs: undefined, forStacks };
      }
      const constant = constants.claim(camelCase([name, 'output']));
      return { source, ...declared({ constant, code }), exportedAs: exportedName(name), forStacks };
    }),
  };
}

/** Whether a program puts together text of what only the deployment knows, with functions of `@pulumi/pulumi`. */
function computesText(stack: Stack): boolean {
  if (stack.resources.flatMap(policiesOf).some((document) => holdsOutput(policy(document)))) return true;
  const shown = [...stack.resources.flatMap(expressionsOf), ...programOutputs.of(stack).map(({ value }) => value)];
  return shown.some(({ kind }) => kind === 'concat');
}

function declared({ constant, code }: Declaration): StatementView {
  return { constant, value: printAssignment(`const ${constant}`, code) };
}

function importsOf(uses: { readonly pulumi: boolean; readonly aws: boolean }): ProgramView['imports'] {
  return (['pulumi', 'aws'] as const)
    .filter((namespace) => uses[namespace])
    .map((namespace) => ({ namespace, module: stringLiteral(`@pulumi/${namespace}`) }));
}

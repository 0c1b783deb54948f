import { commentText, headerComment, outputText, sourceComment } from '@keywright/core/emit/comment';
import { usesOf } from '@keywright/core/emit/references';
import { camelCase } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { programOutputs } from '../outputs.ts';
import { type Code, mentions, printAssignment, printExpression } from '../print/code.ts';
import { createConstants, type Declaration } from '../print/constants.ts';
import { createPrinter } from '../print/printer.ts';
import { exportedName, stringLiteral } from '../print/text.ts';
import { configOf } from './config.ts';
import { dataOf } from './data.ts';
import type { ProgramSource } from './program-source.ts';
import { createProviders } from './providers.ts';
import { resourceCodes } from './resources.ts';

/** A statement, up to the semicolon. */
interface StatementView {
  /** The constant that the statement declares; `undefined` if nothing uses it. */
  readonly constant: string | undefined;
  /** `= new aws.kms.Key(…)` if the statement declares a constant; otherwise just the expression. */
  readonly value: string;
}

interface SourcedView extends StatementView {
  /** The file and line of the YAML. */
  readonly source: string;
}

interface OutputView extends SourcedView {
  /** The output's name, if no constant can have that name. Otherwise, the constant itself is exported. */
  readonly exportedAs: string | undefined;
  readonly forStacks: boolean;
}

/** The view of the template for index.ts. */
export interface ProgramView {
  readonly header: string;
  readonly imports: readonly { readonly namespace: string; readonly module: string }[];
  readonly config: readonly StatementView[];
  readonly providers: readonly StatementView[];
  readonly lookups: readonly StatementView[];
  readonly stackReferences: readonly StatementView[];
  readonly parameters: readonly SourcedView[];
  readonly resources: readonly SourcedView[];
  readonly outputs: readonly OutputView[];
}

export function programView(program: ProgramSource, options: PulumiOptions, generator: string): ProgramView {
  const { stack } = program;
  const uses = usesOf(stack, 'pulumi');
  const constants = createConstants(stack);
  const providers = createProviders(stack, constants, options);
  const print = createPrinter(stack, constants);
  const resources = resourceCodes(program, constants, providers, print);
  const outputs = programOutputs.of(stack).map((output, index) => ({
    ...output,
    code: print(program.value([output.name], (one) => programOutputs.of(one)[index]?.value ?? output.value)),
  }));
  const { lookups, stackReferences, parameters } = dataOf(uses, program, { constants, providers, print }, options);
  const config = configOf(program, constants);
  const codes = [config, providers.used(), lookups, stackReferences, parameters, resources, outputs].flat();
  return {
    header: headerComment(generator),
    imports: importsOf(codes.map(({ code }) => code)),
    config: config.map(declared),
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

function declared({ constant, code }: Declaration): StatementView {
  return { constant, value: printAssignment(`const ${constant}`, code) };
}

function importsOf(codes: readonly Code[]): ProgramView['imports'] {
  return (['pulumi', 'aws'] as const)
    .filter((namespace) => codes.some((code) => mentions(code, namespace)))
    .map((namespace) => ({ namespace, module: stringLiteral(`@pulumi/${namespace}`) }));
}

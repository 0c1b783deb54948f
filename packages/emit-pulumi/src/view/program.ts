import type { Stack } from '@keywright/core/ir/program';
import { camelCase } from '../names.ts';
import { programOutputs } from '../outputs.ts';
import { printAssignment, printExpression } from '../print/code.ts';
import { commentText, exportedName, stringLiteral } from '../print/text.ts';
import type { PulumiOptions } from '../target.ts';
import { createConstants, type Declaration } from './constants.ts';
import { dataOf } from './data.ts';
import { placeOf } from './place.ts';
import { createProviders } from './providers.ts';
import { createReferences } from './references.ts';
import { resourceCodes } from './resources.ts';

/** A statement, up to the semicolon. */
interface StatementView {
  /** The constant that it declares, if anything uses it. */
  readonly constant: string | undefined;
  /** `= new aws.kms.Key(…)` if it declares one, else the expression alone. */
  readonly value: string;
}

interface PlacedView extends StatementView {
  readonly place: string;
}

interface OutputView extends PlacedView {
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
  readonly parameters: readonly PlacedView[];
  readonly resources: readonly PlacedView[];
  readonly outputs: readonly OutputView[];
}

/** The program of a stack. What it needs is known only when all of its expressions have been written. */
export function programView(stack: Stack, options: PulumiOptions, generator: string): ProgramView {
  const constants = createConstants(stack);
  const providers = createProviders(stack, constants);
  const references = createReferences(stack, constants);
  const resources = resourceCodes(stack, references, providers);
  const outputs = programOutputs.of(stack).map(({ value, ...output }) => ({
    ...output,
    code: references.writer().expression(value),
  }));
  const { used } = references;
  const { lookups, stackReferences, parameters } = dataOf(used, stack, providers, options);
  return {
    header: headerOf(generator),
    imports: importsOf({
      pulumi: used.pulumi || stackReferences.length > 0,
      aws: resources.length + lookups.length + parameters.length > 0,
    }),
    providers: providers.used().map(declared),
    lookups: lookups.map(declared),
    stackReferences: stackReferences.map(declared),
    parameters: parameters.map(({ place, ...declaration }) => ({ place, ...declared(declaration) })),
    resources: resources.map(({ resource, code }) => {
      const place = placeOf(resource.source);
      if (!used.resources.has(resource.id)) return { place, constant: undefined, value: printExpression(code) };
      return { place, ...declared({ constant: constants.ofResource(resource.id), code }) };
    }),
    outputs: outputs.map(({ name, code, forStacks, source }) => {
      const place = placeOf(source);
      const exported = constants.ofOutput(name);
      if (exported !== undefined) {
        const value = printAssignment(`export const ${exported}`, code);
        return { place, constant: exported, value, exportedAs: undefined, forStacks };
      }
      const constant = constants.claim(camelCase([name, 'output']));
      return { place, ...declared({ constant, code }), exportedAs: exportedName(name), forStacks };
    }),
  };
}

/** The first line of each file that can have comments. */
export function headerOf(generator: string): string {
  return `Made by ${commentText(generator)} from keywright.yaml; do not edit by hand.`;
}

function declared({ constant, code }: Declaration): StatementView {
  return { constant, value: printAssignment(`const ${constant}`, code) };
}

function importsOf(uses: { readonly pulumi: boolean; readonly aws: boolean }): ProgramView['imports'] {
  return (['pulumi', 'aws'] as const)
    .filter((namespace) => uses[namespace])
    .map((namespace) => ({ namespace, module: stringLiteral(`@pulumi/${namespace}`) }));
}

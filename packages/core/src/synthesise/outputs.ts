import { isOneLine, type NameClaim, reportClaim } from '../diagnostics/claimed-twice.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badOutput, badOutputName, needsKnownEnvironment, outputNameTwice } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Expression, Literal } from '../ir/expression.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { Output, SharedParameter, StackExport } from '../ir/program.ts';
import { tagProblems } from '../keys/tag-problems.ts';
import type { OutputDefinition } from '../language/output.ts';
import { keyPlaceholders, keyReference } from '../policy/key-reference.ts';
import { type Located, type Named, property, retyped } from '../project/located.ts';
import { interpolate, problemsOf } from '../resolve/interpolate.ts';
import type { StackModel } from '../resolve/model.ts';
import { nameTextOf } from '../resolve/stack-environments.ts';
import { exportName, exportNameText } from '../stacks/export-name.ts';
import type { Links } from '../stacks/links.ts';
import { interpolateTags } from './keys.ts';

/** The outputs of a stack, and the parameters that hold some of them. */
export interface SynthesisedOutputs {
  readonly outputs: readonly Output[];
  readonly parameters: readonly SharedParameter[];
}

export interface OutputSynthesis {
  /** Reports a reference to a key, import or attribute that does not exist, and a reference without `${…}` (KW2010). */
  of(stack: StackModel, links: Links): Result<SynthesisedOutputs>;
  /**
   * Reports outputs, of any stack, that are exported under a name that Keywright chose for one of `exports` (KW2033). Other stacks use
   * values of `stack` through these exports.
   */
  namedLike(exports: readonly StackExport[], stack: StackModel): readonly Diagnostic[];
}

/**
 * Creates the synthesis of outputs, which also checks that names of exports and parameters are unique in their account and region, across
 * stacks.
 */
export function createOutputSynthesis(): OutputSynthesis {
  const owners = new Map<string, NameClaim>();

  return {
    namedLike: (exports, stack) =>
      exports.flatMap(({ id, source: { span } }) => {
        const name = exportName(stack.app, stack.name, id);
        const output = owners.get(identityOf('export', name, stack));
        if (output === undefined) return [];
        const parameters = { kind: 'export', name, place: placeOf(stack), isOneLine: false } as const;
        const message = `this uses a value of \`${stack.name}\`, which Keywright exports under this name`;
        return [reportClaim(outputNameTwice, output, { stack, span }, parameters, message)];
      }),
    of(stack, links) {
      const collector = createCollector();
      const claim = (kind: 'export' | 'parameter', name: string, { span }: Located<string>): void => {
        const identity = identityOf(kind, name, stack);
        const owner = owners.get(identity);
        const claimant = { stack, span };
        if (owner === undefined) {
          owners.set(identity, claimant);
          return;
        }
        const parameters = { kind, name, place: placeOf(stack), isOneLine: isOneLine(claimant, owner) };
        collector.add(reportClaim(outputNameTwice, claimant, owner, parameters));
      };
      const parameters: SharedParameter[] = [];
      const outputs = stack.sections.outputs.map((definition): Output => {
        const { name, nameSpan } = definition;
        const { value, description, exported, parameter } = partsOf(definition);
        const lookup = (placeholder: string) => collector.take(keyReference(placeholder, value, stack, links));
        const shown = collector.take(interpolate(value, stack.place, lookup, keyPlaceholders));
        collector.add(...isNoBareReference(value));
        const exportName = exported && collector.take(exportNameOf(exported, name, stack));
        if (exportName !== undefined) claim('export', textOf(exportName), retyped(exported ?? definition, ''));
        const parameterName = parameter && collector.take(parameterNameOf(parameter, stack));
        if (parameter !== undefined && parameterName !== undefined) {
          claim('parameter', parameterName.text, parameter);
          parameters.push(collector.take(sharedParameterOf(definition, parameterName, shown, stack)));
        }
        return {
          name,
          value: shown,
          ...(description !== undefined && { description }),
          ...(exportName !== undefined && { exportName }),
          source: { span: nameSpan },
        };
      });
      return collector.result({ outputs, parameters });
    },
  };
}

/** The parameter that holds an output's value. Tags that a parameter cannot have are reported. */
function sharedParameterOf(
  { name, nameSpan }: Named<OutputDefinition>,
  parameterName: Literal,
  value: Expression,
  { tags, place }: StackModel,
): Result<SharedParameter> {
  const collector = createCollector();
  const shared: SharedParameter = {
    kind: 'sharedParameter',
    id: `sharedParameter/outputs.${name}`,
    names: {},
    dependsOn: [],
    source: { span: nameSpan },
    parameterName: parameterName.text,
    output: name,
    value,
    tags: collector.take(interpolateTags(tags, place)),
  };
  collector.add(...tagProblems(tags, { name, nameSpan, place }, false));
  return collector.result(withNameOrigins(shared, parameterName));
}

/**
 * A text that is equal for names that must differ. A stack without an environment is compared only with itself, since it may be deployed
 * anywhere.
 */
function identityOf(kind: 'export' | 'parameter', name: string, { name: stack, environment }: StackModel): string {
  const { account = stack, region = '' } = environment;
  return JSON.stringify([kind, account, region, name]);
}

function placeOf({ name, environment: { account, region = '' } }: StackModel): string {
  return account === undefined ? `stack \`${name}\`` : `account ${account}, ${region}`;
}

/** Reports a reference without `${…}` (KW2010), since it would be output as plain text. */
function isNoBareReference({ value, span }: Located<string>): readonly Diagnostic[] {
  if (!/^(keys|imports)\.[\w-]+\.[A-Za-z]+$/.test(value)) return [];
  const parameters = { problem: `\`${value}\` is only text here`, advice: `write \`\${${value}}\`` };
  return [report(badOutput, span, parameters)];
}

/** The parts of an output, written in either form. */
function partsOf(definition: Named<OutputDefinition>): {
  readonly value: Located<string>;
  readonly description?: string | undefined;
  readonly exported?: Located<string | true> | undefined;
  readonly parameter?: Located<string> | undefined;
} {
  if (typeof definition.value === 'string') return { value: retyped(definition, definition.value) };
  const long = retyped(definition, definition.value);
  return {
    value: property(long, 'value') ?? retyped(definition, definition.value.value),
    description: definition.value.description,
    exported: property(long, 'export'),
    parameter: property(long, 'parameter'),
  };
}

/**
 * Whether a text consists of letters, digits, `:` and `-`. Values that only the deployment knows always do. Source: CloudFormation User
 * Guide, "Outputs".
 */
function isExportName(text: string): boolean {
  return /^[A-Za-z0-9:-]{1,255}$/.test(text);
}

function exportNameOf(
  exported: Located<string | true>,
  output: string,
  stack: StackModel,
): Result<Expression | undefined> {
  if (exported.value === true) {
    return { value: exportNameText(stack.app, nameTextOf(stack), output), diagnostics: [] };
  }
  const text = retyped(exported, exported.value);
  const { place } = stack;
  const { value: expression, diagnostics } = interpolate(text, place);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const problems = problemsOf(text, place, ({ value, span }) =>
    isExportName(withoutPlaceholders(value)) ? [] : [report(badOutputName, span, { kind: 'export', name: value })],
  );
  return { value: problems.length > 0 ? undefined : expression, diagnostics: problems };
}

function parameterNameOf(parameter: Located<string>, { place }: StackModel): Result<Literal | undefined> {
  const { value: expression, diagnostics } = interpolate(parameter, place);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const problems = problemsOf(parameter, place, ({ value, span }) =>
    isParameterName(withoutPlaceholders(value))
      ? []
      : [report(badOutputName, span, { kind: 'parameter', name: value })],
  );
  if (problems.length > 0) return { value: undefined, diagnostics: problems };
  if (expression.kind === 'literal') return { value: expression, diagnostics: [] };
  const what = `the parameter name \`${parameter.value}\``;
  return { value: undefined, diagnostics: [report(needsKnownEnvironment, parameter.span, { what })] };
}

/**
 * Source: AWS Systems Manager API reference, PutParameter, Name. The limit applies to the whole ARN, which leaves 1,011 characters for the
 * name.
 */
function isParameterName(text: string): boolean {
  return (
    /^(?:\/[A-Za-z0-9_.-]+){1,15}$/.test(text) && text.length <= 1011 && !/^\/(?:aws|ssm|keywright)(?:\/|$)/i.test(text)
  );
}

/** Replaces each placeholder by a word that is valid in any name. */
function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\$\{[\w.-]+\}/g, 'x');
}

/** Text that is equal for equal names. */
function textOf(expression: Expression): string {
  return expression.kind === 'literal' ? expression.text : JSON.stringify(expression);
}

import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Environment } from '@keywright/core/ir/program';
import { partitionOf } from '@keywright/core/kms/partitions';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { loop, macro, notATemplate, outputLeftOut } from './diagnostics.ts';
import { cloudFormationYaml } from './dialect.ts';
import { writeOutLoops } from './loops.ts';

/** The value given to a parameter, or the known value of an attribute. */
export type ParameterValue =
  | string
  /** An output of another template, by the name of its stack, or `LogicalId.Attribute` of one of its resources. */
  | { readonly stack: string; readonly output: string };

/** By parameter name, or by `LogicalId` and `LogicalId.Attribute` for the values of `Ref` and `Fn::GetAtt`. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A template with what is known about the stack deployed from it. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
  /** The CloudFormation stack's name. */
  readonly stackName?: string;
  /** These override the values for all templates. */
  readonly parameters?: ParameterValues;
}

/** The sections that are read; missing ones are empty. */
export interface Template {
  readonly file: TemplateFile;
  readonly parsed: ParsedSource;
  readonly environment: Environment;
  readonly span: Span;
  readonly parameters: Mapping;
  readonly mappings: Mapping;
  readonly conditions: Mapping;
  readonly resources: Mapping;
  readonly outputs: Mapping;
}

const sections = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

/** Macros that neither add nor change KMS resources. */
const harmlessTransforms = ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2020-07-23'];

/**
 * Parses the template in a file. `undefined`, with a reported reason, if it is not a template or a macro could change
 * it.
 */
export function parseTemplate(file: TemplateFile, parameters: ParameterValues): Result<Template | undefined> {
  const parsed = parseSource({ path: file.path, text: file.text }, cloudFormationYaml);
  const start: Span = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const without = (...diagnostics: readonly Diagnostic[]) => ({ value: undefined, diagnostics });
  const refuse = (problem: string, span = start) => without(report(notATemplate, span, { problem }));
  if (parsed.diagnostics.length > 0) return without(...parsed.diagnostics);
  const { value, locations } = parsed;
  if (!isMapping(value)) return refuse('it is not a mapping');
  if (value.Resources === undefined) return refuse('it has no `Resources`');
  for (const section of sections) {
    if (value[section] !== undefined && !isMapping(value[section]))
      return refuse(`\`${section}\` is not a mapping`, locations.keySpan(value, section));
  }
  const include = value['Fn::Transform'];
  for (const name of [...transformsOf(value.Transform), ...transformsOf(include)]) {
    if (harmlessTransforms.includes(name)) continue;
    const place = include === undefined ? 'Transform' : 'Fn::Transform';
    return without(report(macro, locations.valueSpan(value, place), { name }));
  }
  const section = (name: (typeof sections)[number]) => (value[name] ?? {}) as Mapping; // checked above
  const hasLoops = transformsOf(value.Transform).includes('AWS::LanguageExtensions');
  const looped = [section('Resources'), section('Conditions'), section('Outputs')];
  const written = hasLoops
    ? writeOutLoops(looped, locations, {
        listOf: (name) => listOf(name, section('Parameters'), { ...parameters, ...file.parameters }),
        mappings: section('Mappings'),
      })
    : { sections: looped, locations, kept: new Map<object, never[]>() };
  const [resources = {}, conditions = {}, outputs = {}] = written.sections;
  const reasonOf = (container: object, key: string): string =>
    written.kept.get(container)?.find(([name]) => name === key)?.[1] ??
    (key.startsWith('Fn::ForEach') ? 'the template has no transform `AWS::LanguageExtensions`' : 'a macro makes them');
  const collector = createCollector();
  for (const key of Object.keys(resources).filter((name) => name.startsWith('Fn::'))) {
    const span = written.locations.keySpan(resources, key);
    collector.add(report(loop, span, { name: key, reason: reasonOf(resources, key) }));
  }
  for (const key of Object.keys(outputs).filter((name) => name.startsWith('Fn::')))
    collector.add(
      report(outputLeftOut, written.locations.keySpan(outputs, key), {
        what: `what ${key} makes`,
        reason: reasonOf(outputs, key),
        advice:
          'read the processed template: `aws cloudformation get-template --template-stage Processed --stack-name NAME`',
      }),
    );
  const { account, region } = file;
  return collector.result({
    file,
    parsed: { ...parsed, locations: written.locations },
    environment: {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region, partition: partitionOf(region) }),
    },
    span: start,
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions,
    resources,
    outputs,
  });
}

/** The elements of a list parameter, or a text that says why they are unknown. */
function listOf(name: string, definitions: Mapping, parameters: ParameterValues): readonly string[] | string {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  const { Type, NoEcho } = isMapping(definition) ? definition : {};
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (typeof Type !== 'string' || !/^(CommaDelimitedList|List<(?!AWS::SSM).*>)$/.test(Type))
    return `${name} is not a list parameter`;
  if (NoEcho !== undefined && String(NoEcho).toLowerCase() !== 'false')
    return `the parameter ${name} is a secret (NoEcho)`;
  return typeof value === 'string'
    ? value.split(',').map((one) => one.trim())
    : `nothing sets the parameter ${name}: give its value with \`--parameters\``;
}

function transformsOf(transform: unknown): readonly string[] {
  if (transform === undefined || transform === null) return [];
  return (Array.isArray(transform) ? transform : [transform]).map((one) => {
    const name = isMapping(one) ? one.Name : one;
    return typeof name === 'string' ? name : 'without a name';
  });
}

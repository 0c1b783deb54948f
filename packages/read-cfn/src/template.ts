import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Result } from '@keywright/core/diagnostics/result';
import type { Environment } from '@keywright/core/ir/program';
import { partitionOf } from '@keywright/core/kms/partitions';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { loop, macro, notATemplate, outputLeftOut } from './diagnostics.ts';
import { cloudFormationYaml } from './dialect.ts';
import { type ExpandedSections, expandLoops } from './loops.ts';
import { isSecret } from './no-echo.ts';

/** The value given to a parameter, or the known value of an attribute. */
export type ParameterValue =
  | string
  /** `stack`: the name of another template's stack; `output`: an output of that stack, or `LogicalId.Attribute` of a resource in it. */
  | { readonly stack: string; readonly output: string };

/** By parameter name, or by `LogicalId` and `LogicalId.Attribute` for the values of `Ref` and `Fn::GetAtt`. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A template, and facts about the stack that is deployed from it. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
  readonly stackName?: string;
  /** The tags of the stack, which CloudFormation puts on everything in it. */
  readonly stackTags?: Readonly<Record<string, string>>;
  /** A name for the stack if CloudFormation chooses its name. */
  readonly name?: string;
  /** These override the values for all templates. */
  readonly parameters?: ParameterValues;
  /** Distinguishes stacks with the same template. If absent, the path distinguishes them. */
  readonly id?: string;
  /** For a nested stack: the `id` of the stack that creates it, and the logical id of the resource in that stack. */
  readonly nestedIn?: { readonly stack: string; readonly logicalId: string };
}

/**
 * Returns the name of the stack that is deployed from a template, or a name made from the file: `orders` for `cfn/orders.template.yaml`.
 */
export function stackNameOf({ stackName, name, path }: TemplateFile): string {
  return stackName ?? name ?? path.slice(path.lastIndexOf('/') + 1).replace(/(\.template)?\.[A-Za-z]+$/, '');
}

/** The sections that are read. A missing section is an empty mapping. */
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

/** Parses a template. Returns `undefined`, and reports why, if the file is not a template or a macro could change it. */
export function parseTemplate(file: TemplateFile, parameters: ParameterValues): Result<Template | undefined> {
  const parsed = parseSource({ path: file.path, text: file.text }, cloudFormationYaml);
  const span: Span = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (parsed.diagnostics.length > 0) return { value: undefined, diagnostics: parsed.diagnostics };
  const { value, locations } = parsed;
  const refuse = (problem: Diagnostic) => ({ value: undefined, diagnostics: [problem] });
  if (!isMapping(value)) return refuse(report(notATemplate, span, { problem: 'it is not a mapping' }));
  const problem = sectionProblem(value, locations, span) ?? macroProblem(value, locations);
  if (problem !== undefined) return refuse(problem);
  const section = (name: (typeof sections)[number]) => (value[name] ?? {}) as Mapping; // checked above
  const looped = [section('Resources'), section('Conditions'), section('Outputs')];
  const expanded = hasLoops(value)
    ? expandLoops(looped, locations, {
        listOf: (name) => listOf(name, section('Parameters'), { ...parameters, ...file.parameters }),
        mappings: section('Mappings'),
      })
    : { sections: looped, locations, kept: new Map<object, never[]>() };
  const [resources = {}, conditions = {}, outputs = {}] = expanded.sections;
  const { account, region } = file;
  return {
    value: {
      file,
      parsed: { ...parsed, locations: expanded.locations },
      environment: {
        ...(account !== undefined && { account }),
        ...(region !== undefined && { region, partition: partitionOf(region) }),
      },
      span,
      parameters: section('Parameters'),
      mappings: section('Mappings'),
      conditions,
      resources,
      outputs,
    },
    diagnostics: [...resourcesLeftOut(resources, expanded), ...outputsLeftOut(outputs, expanded)],
  };
}

function sectionProblem(template: Mapping, locations: Locations, start: Span): Diagnostic | undefined {
  if (template.Resources === undefined) return report(notATemplate, start, { problem: 'it has no `Resources`' });
  const wrong = sections.find((name) => template[name] !== undefined && !isMapping(template[name]));
  if (wrong === undefined) return undefined;
  const span = locations.keySpan(template, wrong) ?? start;
  return report(notATemplate, span, { problem: `\`${wrong}\` is not a mapping` });
}

function macroProblem(template: Mapping, locations: Locations): Diagnostic | undefined {
  const include = template['Fn::Transform'];
  const name = [...transformsOf(template.Transform), ...transformsOf(include)].find(
    (transform) => !harmlessTransforms.includes(transform),
  );
  if (name === undefined) return undefined;
  const place = include === undefined ? 'Transform' : 'Fn::Transform';
  return report(macro, locations.valueSpan(template, place), { name });
}

function hasLoops(template: Mapping): boolean {
  return transformsOf(template.Transform).includes('AWS::LanguageExtensions');
}

/** Reports the loops and macros in `Resources` that are not expanded. */
function resourcesLeftOut(resources: Mapping, expanded: ExpandedSections): readonly Diagnostic[] {
  return callsIn(resources).map((name) => {
    const span = expanded.locations.keySpan(resources, name);
    return report(loop, span, { name, reason: reasonFor(resources, name, expanded) });
  });
}

function outputsLeftOut(outputs: Mapping, expanded: ExpandedSections): readonly Diagnostic[] {
  return callsIn(outputs).map((name) =>
    report(outputLeftOut, expanded.locations.keySpan(outputs, name), {
      what: `what ${name} makes`,
      reason: reasonFor(outputs, name, expanded),
      advice:
        'read the processed template: `aws cloudformation get-template --template-stage Processed --stack-name NAME`',
    }),
  );
}

function callsIn(section: Mapping): readonly string[] {
  return Object.keys(section).filter((name) => name.startsWith('Fn::'));
}

function reasonFor(section: Mapping, key: string, { kept }: ExpandedSections): string {
  const reason = kept.get(section)?.find(([name]) => name === key)?.[1];
  if (reason !== undefined) return reason;
  return key.startsWith('Fn::ForEach')
    ? 'the template has no transform `AWS::LanguageExtensions`'
    : 'a macro makes them';
}

function listOf(name: string, definitions: Mapping, parameters: ParameterValues): readonly string[] | string {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  const properties = isMapping(definition) ? definition : {};
  const { Type } = properties;
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (typeof Type !== 'string' || !/^(CommaDelimitedList|List<(?!AWS::SSM).*>)$/.test(Type))
    return `${name} is not a list parameter`;
  if (isSecret(properties)) return `the parameter ${name} is a secret (NoEcho)`;
  return typeof value === 'string'
    ? value.split(',').map((one) => one.trim())
    : `nothing sets the parameter ${name}: give its value with \`--parameters\``;
}

export function transformsOf(transform: unknown): readonly string[] {
  if (transform === undefined || transform === null) return [];
  return (Array.isArray(transform) ? transform : [transform]).map((one) => {
    const name = isMapping(one) ? one.Name : one;
    return typeof name === 'string' ? name : 'without a name';
  });
}

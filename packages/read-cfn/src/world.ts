/** Templates that are read together, and the values that they exchange. */

import type { Reference } from '@keywright/core/ir/expression';
import { partsIn, rewrite } from '@keywright/core/ir/rewrite';
import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { sameOrUnknown, samePlace } from '@keywright/core/resolve/place';
import type { Span } from '@keywright/core/source/span';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { type OpenTemplate, openTemplate } from './open-template.ts';
import type { Sources } from './parameters.ts';
import type { ParameterValue, ParameterValues, Template } from './template.ts';

/** A value of one stack that another stack uses. */
export interface SharedValue {
  readonly producer: OpenTemplate;
  readonly exportId: string;
  readonly value: Reference;
  readonly span: Span;
  /** The name of the SSM parameter that carries the value. */
  readonly parameterName?: string;
}

export interface World {
  readonly templates: readonly OpenTemplate[];
  /** Resolves a cross-stack expression. */
  readonly sharedValue: (stack: string, exportId: string) => SharedValue | undefined;
  /**
   * Whether an output exists only to share a value between stacks of Keywright, and another template imports it. Any other export stays,
   * since CloudFormation refuses to delete an export while a stack imports it.
   */
  readonly isImported: (producer: OpenTemplate, output: string) => boolean;
  /** The stack that a resource of a template creates, if its template is read too. */
  readonly nestedStack: (parent: OpenTemplate, logicalId: string) => OpenTemplate | undefined;
  /** Whether the conditions of the resources that create a nested stack hold; always for other stacks. */
  readonly isCreated: (template: OpenTemplate) => boolean | Unknown;
}

/** The number of stacks that a value may pass through. */
const longestChain = 30;

/** A longer export name is cut to this length and ends in a hash. */
const longestExportName = 256;

/** Opens templates, each under its stack's name. */
export function createWorld(named: readonly (readonly [string, Template])[], parameters: ParameterValues): World {
  const shared = new Map<string, SharedValue>();
  const open = new Set<string>();
  const imported = new Set<string>();
  const templates: OpenTemplate[] = [];

  /** A value of `producer` as `user` receives it. A value that depends on itself is unknown. */
  const used = (
    user: Template,
    producer: OpenTemplate,
    what: {
      readonly label: string;
      readonly span: Span;
      readonly parameterName?: string;
      /** Whether the value is used in the account and region that it comes from. */
      readonly isOfOnePlace: boolean;
    },
    evaluate: () => SourceValue | undefined,
  ): SourceValue => {
    const { label, isOfOnePlace, ...place } = what;
    const key = `${producer.name}/${label}`;
    if (open.size > longestChain)
      return new Unknown('it passes through too many stacks', 'give the value with `--parameters`');
    if (open.has(key)) return new Unknown(`${label} of ${producer.name} depends on itself`, 'correct the templates');
    open.add(key);
    const value = evaluate() ?? new Unknown(`${producer.name} has no ${label}`, 'correct the name');
    open.delete(key);
    if (!(value instanceof Computed) || producer.template === user) return value;
    if (!isOfOnePlace && partsIn(value.expression).some(({ kind }) => kind === 'pseudo'))
      return new Unknown(`${label} depends on where ${producer.name} is deployed`, 'say where that is');
    return new Computed(
      rewrite(value.expression, (part) => {
        if (part.kind !== 'reference') return part;
        const exportId = exportIdOf(part);
        shared.set(`${producer.name}/${exportId}`, { producer, exportId, value: part, ...place });
        return { kind: 'crossStack', stack: producer.name, export: exportId };
      }),
    );
  };

  const outputOf = (user: Template, { stack, output }: Exclude<ParameterValue, string>): SourceValue => {
    const called = templates.filter(({ name, template }) => name === stack || template.file.stackName === stack);
    // The stacks of a stack set have one name everywhere: prefer another template of the same account.
    const others = called.filter(({ template }) => template !== user && mayBeOneAccount(template, user));
    const [producer, another] = others.length > 0 ? others : called;
    if (producer === undefined)
      return new Unknown(`none of the templates belongs to the stack ${stack}`, 'read its template as well');
    if (another !== undefined)
      return new Unknown(`several templates belong to a stack ${stack}`, 'give each stack a name of its own');
    return valueFor(user, producer, output, false);
  };

  const valueFor = (user: Template, producer: OpenTemplate, output: string, isOfOnePlace: boolean): SourceValue => {
    const { outputs, parsed, span } = producer.template;
    const dot = output.indexOf('.');
    const what = { label: output, span: parsed.locations.keySpan(outputs, output) ?? span, isOfOnePlace };
    return used(user, producer, what, () =>
      dot < 0 ? valueOfOutput(producer, output) : producer.attribute(output.slice(0, dot), output.slice(dot + 1)),
    );
  };

  const exportedBy = (user: Template, name: string): SourceValue => {
    const producers = templates.flatMap((producer) => {
      if (producer.template === user || !samePlace(producer.template.environment, user.environment)) return [];
      const output = exportsOf(producer).get(name);
      return output === undefined ? [] : [{ producer, output }];
    });
    const [first, ...others] = producers;
    if (first === undefined)
      return new Unknown(`none of the templates exports ${name}`, 'read the template that exports it as well');
    if (others.length > 0) return new Unknown(`several templates export ${name}`, 'say where each of the stacks is');
    const value = valueFor(user, first.producer, first.output, true);
    if (isOwnExport(name, value)) imported.add(`${first.producer.name}/${first.output}`);
    return value;
  };

  const sharedBy = (user: Template, parameterName: string): SourceValue | undefined => {
    if (!parameterName.startsWith(sharedParameterPrefix)) return undefined;
    for (const producer of templates) {
      if (!samePlace(producer.template.environment, user.environment)) continue;
      for (const entry of producer.entries) {
        if (entry.type !== 'AWS::SSM::Parameter' || producer.template === user) continue;
        const { resource } = producer.read(entry);
        if (resource?.kind !== 'sharedParameter' || resource.parameterName !== parameterName) continue;
        const what = { label: entry.logicalId, span: entry.span, parameterName, isOfOnePlace: true };
        return used(user, producer, what, () => new Computed(resource.value));
      }
    }
    return undefined;
  };

  const exports = new Map<OpenTemplate, ReadonlyMap<string, string>>();
  const exportsOf = (producer: OpenTemplate): ReadonlyMap<string, string> => {
    const before = exports.get(producer);
    if (before !== undefined) return before;
    exports.set(producer, new Map()); // in case a name depends on an export
    const { outputs } = producer.template;
    const outputByExport = new Map(
      Object.entries(outputs).flatMap(([output, body]): readonly (readonly [string, string])[] => {
        const { Export } = isMapping(body) ? body : {};
        const name = isMapping(Export) ? producer.evaluator.at(Export, 'Name') : undefined;
        return typeof name === 'string' ? [[name, output]] : [];
      }),
    );
    exports.set(producer, outputByExport);
    return outputByExport;
  };

  const byId = new Map<string, OpenTemplate>();
  const nested = new Map<string, OpenTemplate>();
  const parentOf = ({ file: { nestedIn } }: Template): OpenTemplate | undefined => nestedIn && byId.get(nestedIn.stack);
  const nestedStack = ({ file }: Template, logicalId: string) => nested.get(`${idOf(file)}/${logicalId}`);

  /** The value that the parent of a nested stack passes to a parameter. */
  const passedTo = (user: Template, parameter: string): SourceValue | undefined => {
    const parent = parentOf(user);
    const entry = parent?.entryOf(user.file.nestedIn?.logicalId ?? '');
    if (parent === undefined || entry === undefined || !Object.hasOwn(user.parameters, parameter)) return undefined;
    const { Parameters: passed } = isMapping(entry.body.Properties) ? entry.body.Properties : {};
    // Nobody but the parent can override a default.
    if (!isMapping(passed) || !Object.hasOwn(passed, parameter)) return defaultOf(user.parameters[parameter]);
    const what = { label: `${entry.logicalId}.${parameter}`, span: entry.span, isOfOnePlace: true };
    return used(user, parent, what, () => parent.evaluator.at(passed, parameter));
  };

  /** The value of `Outputs.<name>` of a nested stack. */
  const outputOfNested = (user: Template, called: string): SourceValue | undefined => {
    const [, logicalId = '', output = ''] = /^([^.]+)\.Outputs\.(.+)$/.exec(called) ?? [];
    const producer = nestedStack(user, logicalId);
    return producer && valueFor(user, producer, output, true);
  };

  for (const [name, template] of named) {
    const sources: Sources = {
      given(called) {
        const own = template.file.parameters ?? {};
        const value = Object.hasOwn(own, called)
          ? own[called]
          : Object.hasOwn(parameters, called)
            ? parameters[called]
            : undefined;
        if (value === undefined) return passedTo(template, called) ?? outputOfNested(template, called);
        return typeof value === 'object' ? outputOf(template, value) : value;
      },
      exported: (exportName) => exportedBy(template, exportName),
      shared: (parameterName) => sharedBy(template, parameterName),
    };
    const opened = openTemplate(template, name, sources);
    const { file } = template;
    templates.push(opened);
    byId.set(idOf(file), opened);
    if (file.nestedIn !== undefined) nested.set(`${file.nestedIn.stack}/${file.nestedIn.logicalId}`, opened);
  }
  const isCreated = ({ template }: OpenTemplate): boolean | Unknown => {
    const parent = parentOf(template);
    const entry = parent?.entryOf(template.file.nestedIn?.logicalId ?? '');
    const isMade = parent === undefined || entry === undefined || parent.isMade(entry);
    return isMade === true && parent !== undefined ? isCreated(parent) : isMade;
  };
  return {
    nestedStack: ({ template }, logicalId) => nestedStack(template, logicalId),
    isCreated,
    templates,
    sharedValue: (stack, exportId) => shared.get(`${stack}/${exportId}`),
    isImported: ({ name }, output) => imported.has(`${name}/${output}`),
  };
}

/** The default of a parameter; `undefined` if it names an SSM parameter, whose value is known only when the stack is deployed. */
function defaultOf(parameter: unknown): string | undefined {
  const { Type: type, Default: value } = isMapping(parameter) ? parameter : {};
  if (typeof type !== 'string' || type.startsWith('AWS::SSM::')) return undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function idOf({ id, path }: Template['file']): string {
  return id ?? path;
}

/** Whether an export has the name that Keywright gives it: `<app>:<stack>:keys:orders:arn`, or one too long for that. */
function isOwnExport(name: string, value: SourceValue): boolean {
  const expression = value instanceof Computed ? value.expression : undefined;
  if (expression?.kind !== 'crossStack') return false;
  const suffix = expression.export.split('.').map((part) => part.replaceAll('_', '::'));
  return name.endsWith(`:${suffix.join(':')}`) || name.length === longestExportName;
}

function mayBeOneAccount(one: Template, other: Template): boolean {
  return sameOrUnknown(one.environment.account, other.environment.account);
}

/** The value of an output; `undefined` if there is none. */
export function valueOfOutput({ template, evaluator }: OpenTemplate, output: string): SourceValue | undefined {
  const body = template.outputs[output];
  if (!Object.hasOwn(template.outputs, output) || !isMapping(body)) return undefined;
  return evaluator.at(body, 'Value');
}

/** `keys.orders.arn`, `principals.ordersApi.arn`, and the same form for what the language cannot name. */
function exportIdOf({ resource, attribute }: Reference): string {
  const [kind = '', ...rest] = resource.split('/');
  const section = { key: 'keys', role: 'principals', user: 'principals', group: 'principals' }[kind] ?? kind;
  return `${section}.${rest.join('/')}.${attribute}`;
}

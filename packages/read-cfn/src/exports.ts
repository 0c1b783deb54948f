import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { samePlace } from '@keywright/core/resolve/place';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Exchange } from './exchange.ts';
import type { OpenTemplate } from './open-template.ts';
import type { Template } from './template.ts';

export interface Exports {
  /** Resolves `Fn::ImportValue`. */
  readonly exportedBy: (user: Template, name: string) => SourceValue;
  /**
   * Whether an output exists only to share a value between stacks of Keywright, and another template imports it. Any other export is kept,
   * since CloudFormation refuses to delete an export while a stack imports it.
   */
  readonly isImported: (producer: OpenTemplate, output: string) => boolean;
}

/** A longer export name is cut to this length and ends in a hash. */
const longestExportName = 256;

/** Finds the exports of `templates`. More templates may be added later. */
export function createExports(templates: readonly OpenTemplate[], { valueFor }: Exchange): Exports {
  const imported = new Set<string>();
  const exports = new Map<OpenTemplate, ReadonlyMap<string, string>>();
  const exportsOf = (producer: OpenTemplate): ReadonlyMap<string, string> => {
    const before = exports.get(producer);
    if (before !== undefined) return before;
    exports.set(producer, new Map()); // set first, because a name can depend on an export
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

  return { exportedBy, isImported: ({ name }, output) => imported.has(`${name}/${output}`) };
}

/** Whether Keywright named an export: `<app>:<stack>:keys:orders:arn`, or a cut form of a name that is too long. */
function isOwnExport(name: string, value: SourceValue): boolean {
  const expression = value instanceof Computed ? value.expression : undefined;
  if (expression?.kind !== 'crossStack') return false;
  const suffix = expression.export.split('.').map((part) => part.replaceAll('_', '::'));
  return name.endsWith(`:${suffix.join(':')}`) || name.length === longestExportName;
}

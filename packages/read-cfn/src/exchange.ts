/** Finds values of one stack that other stacks use. */

import type { Reference } from '@keywright/core/ir/expression';
import { partsIn, rewrite } from '@keywright/core/ir/rewrite';
import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { OpenTemplate } from './open-template.ts';
import type { Template } from './template.ts';

export interface SharedValue {
  readonly producer: OpenTemplate;
  readonly value: Reference;
  readonly span: Span;
  /** The name of the SSM parameter that has the value. */
  readonly parameterName?: string;
}

export interface Exchange {
  /** Returns a value of `producer` as `user` receives it. A value that depends on itself is unknown. */
  readonly used: (
    user: Template,
    producer: OpenTemplate,
    what: UsedValue,
    evaluate: () => SourceValue | undefined,
  ) => SourceValue;
  /** Returns an output of `producer`, or an attribute of one of its resources, as `user` receives it. */
  readonly valueFor: (user: Template, producer: OpenTemplate, output: string, isOfOnePlace: boolean) => SourceValue;
  /** Resolves a cross-stack expression. */
  readonly sharedValue: (stack: string, exportId: string) => SharedValue | undefined;
}

interface UsedValue {
  readonly label: string;
  readonly span: Span;
  readonly parameterName?: string;
  /** Whether the value is used in the account and region that it comes from. */
  readonly isOfOnePlace: boolean;
}

/** The maximum number of stacks that a value may pass through. */
const longestChain = 30;

export function createExchange(): Exchange {
  const shared = new Map<string, SharedValue>();
  const open = new Set<string>();

  const used: Exchange['used'] = (user, producer, what, evaluate) => {
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
        shared.set(`${producer.name}/${exportId}`, { producer, value: part, ...place });
        return { kind: 'crossStack', stack: producer.name, export: exportId };
      }),
    );
  };

  const valueFor: Exchange['valueFor'] = (user, producer, output, isOfOnePlace) => {
    const { outputs, parsed, span } = producer.template;
    const dot = output.indexOf('.');
    const what = { label: output, span: parsed.locations.keySpan(outputs, output) ?? span, isOfOnePlace };
    return used(user, producer, what, () =>
      dot < 0 ? valueOfOutput(producer, output) : producer.attribute(output.slice(0, dot), output.slice(dot + 1)),
    );
  };

  return { used, valueFor, sharedValue: (stack, exportId) => shared.get(`${stack}/${exportId}`) };
}

/** Returns the value of an output; `undefined` if there is none. */
export function valueOfOutput({ template, evaluator }: OpenTemplate, output: string): SourceValue | undefined {
  const body = template.outputs[output];
  if (!Object.hasOwn(template.outputs, output) || !isMapping(body)) return undefined;
  return evaluator.at(body, 'Value');
}

/**
 * Returns an id such as `keys.orders.arn` or `principals.ordersApi.arn`. Resources that the language cannot name have ids in the same form.
 */
function exportIdOf({ resource, attribute }: Reference): string {
  const [kind = '', ...rest] = resource.split('/');
  const section = { key: 'keys', role: 'principals', user: 'principals', group: 'principals' }[kind] ?? kind;
  return `${section}.${rest.join('/')}.${attribute}`;
}

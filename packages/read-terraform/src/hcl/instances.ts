import { isList } from '@keywright/core/collections/is-list';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { evaluate, named } from './evaluate.ts';
import { hasMark } from './marks.ts';
import type { Scope } from './scope.ts';
import type { HclBlock } from './syntax.ts';
import { asText, entriesOf, HclSet, type HclValue } from './value.ts';

/** The maximum number of instances of one block, and of all resources together. */
export const mostInstances = 20_000;

/** Returns the value of a resource, data source or module: a list for `count`, a map for `for_each`, and otherwise a single instance. */
export function instances(
  { body: { attributes } }: HclBlock,
  scope: Scope,
  make: (index: string | number | undefined, scope: Scope) => HclValue,
): HclValue {
  const count = attributes.get('count');
  const forEach = attributes.get('for_each');
  if (count !== undefined) {
    const number = evaluate(count.value, scope);
    if (number instanceof Unknown) return number;
    if (typeof number !== 'number' || number < 0 || number > mostInstances || !Number.isInteger(number))
      return new Unknown(`count is not a number (${scope.location(count.start)})`, 'correct the module');
    return Array.from({ length: number }, (_, index) => {
      const inner = named(scope, new Map([['count', new Map([['index', index]])]]));
      return make(index, inner);
    });
  }
  if (forEach === undefined) return make(undefined, scope);
  const over = evaluate(forEach.value, scope);
  const entries = over instanceof Unknown || isList(over) ? undefined : entriesOf(over);
  if (over instanceof Unknown) return over;
  if (entries === undefined || entries.some(([key]) => hasMark(asText(key) ?? '\ue000')))
    return new Unknown(`the keys of for_each are unknown (${scope.location(forEach.start)})`, readTheState);
  return new Map(
    entries.map(([key, value]) => {
      const name = asText(key) ?? '';
      const each = new Map<string, HclValue>([
        ['key', name],
        ['value', over instanceof HclSet ? name : value],
      ]);
      return [name, make(name, named(scope, new Map([['each', each]])))];
    }),
  );
}

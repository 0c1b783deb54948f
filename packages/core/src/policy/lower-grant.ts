import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Expression } from '../ir/expression.ts';
import { oneOrMore, property, provenance } from '../project/located.ts';
import type { GrantModel, KeyModel, StackModel } from '../resolve/model.ts';
import { nothingIsReplaced } from '../resolve/not-replaced.ts';
import type { Place } from '../resolve/place.ts';
import { grantedActions } from './granted-actions.ts';
import { granteeIsLimited } from './grantee-is-limited.ts';
import type { Grant } from './grants.ts';
import { placeIsKnownElsewhere } from './own-place.ts';
import { joinConditions, lowerConditions } from './statements.ts';
import { viaServices } from './via-service.ts';

/** The key that a grant is on. Of an imported key, possibly only the ARN or an alias is known. */
export type GrantedKey = Pick<KeyModel, 'name' | 'place'> &
  Partial<Pick<KeyModel, 'traits' | 'stack'>> & { readonly arn?: Expression };

/** The key and place that the text of a `grants` entry refers to. */
export interface GrantSite {
  /** `via` and services refer to the region of the key. */
  readonly key: GrantedKey;
  /** The place of the stack or replica, for `${account}` and the like. */
  readonly place: Place;
  readonly regions: ReadonlySet<string>;
}

/** Turns a `grants` entry into grants, one for each grantee. `writtenIn` is absent in an unused standard. */
export function lowerGrant(
  { definition, grantees }: GrantModel,
  { key, place, regions }: GrantSite,
  writtenIn?: StackModel,
): Result<readonly Omit<Grant, 'writtenIn'>[]> {
  const collector = createCollector();
  const words = oneOrMore<string>(property(definition, 'can'));
  const actions = collector.take(grantedActions(words, key.traits, key.name));
  const via = collector.take(viaServices(oneOrMore<string>(property(definition, 'via')), key.place, regions));
  const written = collector.take(lowerConditions(property(definition, 'when'), place, regions));
  const conditions = collector.take(joinConditions(written, via, definition.span));
  if (actions.length === 0) return collector.result([]);
  for (const grantee of grantees) {
    collector.add(...granteeIsLimited(grantee, conditions, 'grant'));
    if (writtenIn !== undefined) {
      const texts = [...written.flatMap(({ values }) => values), ...(key.arn === undefined ? [] : [key.arn])];
      collector.add(...placeIsKnownElsewhere(grantee, texts, writtenIn, key.stack, definition.span));
    }
  }
  const { sid } = definition.value;
  const sidProperty = property(definition, 'sid');
  if (sidProperty !== undefined) collector.add(...nothingIsReplaced('a sid', sidProperty.value, sidProperty.span));
  const source = provenance(definition);
  return collector.result(grantees.map((grantee) => ({ grantee, actions, conditions, source, ...(sid && { sid }) })));
}

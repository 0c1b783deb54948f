import { report } from '../diagnostics/diagnostic.ts';
import { requiredRemoval } from '../diagnostics/requirements.ts';
import { removalOf } from '../keys/removal.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** A key or replica is retained, or not, as required. */
export const removalIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const wanted = definition.value.removal;
  const removal = removalOf(key);
  if (wanted === undefined || removal === wanted) return [];
  const { removal: written } = key.properties;
  const found = { ...unmet(required), removal, required: wanted };
  return [report(requiredRemoval, placeIn(required, written), found, related(required, 'removal', written))];
};

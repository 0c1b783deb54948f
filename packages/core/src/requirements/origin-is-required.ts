import { report } from '../diagnostics/diagnostic.ts';
import { requiredOrigin } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** The origin of a key is one of those that are required. */
export const originIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const wanted = listOf(definition.value.origin);
  // A replica has that of its primary key.
  if (wanted.length === 0 || key.kind === 'replicaKey' || wanted.includes(key.traits.origin)) return [];
  const { origin: written } = key.properties;
  const found = { ...unmet(required), found: key.traits.origin, required: wanted };
  return [report(requiredOrigin, placeIn(required, written), found, related(required, 'origin', written))];
};

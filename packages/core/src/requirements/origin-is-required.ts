import { report } from '../diagnostics/diagnostic.ts';
import { requiredOrigin } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** A key's origin is one of the required ones. */
export const originIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const wanted = listOf(definition.value.origin);
  // A replica has its primary key's origin.
  if (wanted.length === 0 || key.kind === 'replicaKey' || wanted.includes(key.traits.origin)) return [];
  const { origin: written } = key.properties;
  const found = { ...unmet(required), found: key.traits.origin, required: wanted };
  return [report(requiredOrigin, placeIn(required, written), found, related(required, 'origin', written))];
};

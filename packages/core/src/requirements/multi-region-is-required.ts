import { report } from '../diagnostics/diagnostic.ts';
import { requiredMultiRegion } from '../diagnostics/requirements.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** A key is a multi-Region key, or none, as required. */
export const multiRegionIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const wanted = definition.value.multiRegion;
  // What a replica is follows from its primary key.
  if (wanted === undefined || key.kind === 'replicaKey' || key.traits.multiRegion === wanted) return [];
  const { multiRegion: written } = key.properties;
  const found = { ...unmet(required), required: wanted };
  return [report(requiredMultiRegion, placeIn(required, written), found, related(required, 'multiRegion', written))];
};

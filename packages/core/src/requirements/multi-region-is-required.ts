import { report } from '../diagnostics/diagnostic.ts';
import { requiredMultiRegion } from '../diagnostics/requirements.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

export const multiRegionIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const multiRegion = definition.value.multiRegion;
  // A replica follows its primary key.
  if (multiRegion === undefined || key.kind === 'replicaKey' || key.traits.multiRegion === multiRegion) return [];
  const { multiRegion: written } = key.properties;
  const parameters = { ...unmet(required), required: multiRegion };
  return [
    report(requiredMultiRegion, spanOf(required, written), parameters, related(required, 'multiRegion', written)),
  ];
};

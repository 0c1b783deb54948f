import { report } from '../diagnostics/diagnostic.ts';
import { requiredRemoval } from '../diagnostics/requirements.ts';
import { removalOf } from '../keys/removal.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

export const removalIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const requiredOutcome = definition.value.removal;
  const removal = removalOf(key);
  if (requiredOutcome === undefined || removal === requiredOutcome) return [];
  const { removal: written } = key.properties;
  const parameters = { ...unmet(required), removal, required: requiredOutcome };
  return [report(requiredRemoval, spanOf(required, written), parameters, related(required, 'removal', written))];
};

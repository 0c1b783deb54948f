import { report } from '../diagnostics/diagnostic.ts';
import { requiredOrigin } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

export const originIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const origins = listOf(definition.value.origin);
  // A replica has its primary key's origin.
  if (origins.length === 0 || key.kind === 'replicaKey' || origins.includes(key.traits.origin)) return [];
  const { origin: written } = key.properties;
  const parameters = { ...unmet(required), found: key.traits.origin, required: origins };
  return [report(requiredOrigin, spanOf(required, written), parameters, related(required, 'origin', written))];
};

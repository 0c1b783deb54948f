import { report } from '../diagnostics/diagnostic.ts';
import { requiredSpec } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

export const specIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const specs = listOf(definition.value.spec);
  // A replica has its primary key's spec.
  if (specs.length === 0 || key.kind === 'replicaKey' || specs.includes(key.traits.spec)) return [];
  const { spec: written } = key.properties;
  const parameters = { ...unmet(required), found: key.traits.spec, required: specs };
  return [report(requiredSpec, spanOf(required, written), parameters, related(required, 'spec', written))];
};

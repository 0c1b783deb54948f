import { report } from '../diagnostics/diagnostic.ts';
import { requiredSpec } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** A key's spec is one of the required ones. */
export const specIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const wanted = listOf(definition.value.spec);
  // A replica has its primary key's spec.
  if (wanted.length === 0 || key.kind === 'replicaKey' || wanted.includes(key.traits.spec)) return [];
  const { spec: written } = key.properties;
  const found = { ...unmet(required), found: key.traits.spec, required: wanted };
  return [report(requiredSpec, placeIn(required, written), found, related(required, 'spec', written))];
};

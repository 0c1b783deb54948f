import { report } from '../diagnostics/diagnostic.ts';
import { requiredStandard } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { property } from '../project/located.ts';
import { placeIn, type RequirementRule, related, unmet } from './rule.ts';

/** A key builds on one of the standards, directly or through others. */
export const buildsOnAStandard: RequirementRule = (required) => {
  const standards = listOf(required.definition.value.standard);
  if (standards.length === 0 || standards.some((name) => required.key.standards.includes(name))) return [];
  const place = placeIn(required, property(required.key.definition, 'standard'));
  return [report(requiredStandard, place, { ...unmet(required), standards }, related(required, 'standard'))];
};

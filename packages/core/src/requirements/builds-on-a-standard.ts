import { report } from '../diagnostics/diagnostic.ts';
import { requiredStandard } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { property } from '../project/located.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

/** A key builds on one of the standards, directly or through others. */
export const buildsOnAStandard: RequirementRule = (required) => {
  const standards = listOf(required.definition.value.standard);
  if (standards.length === 0 || standards.some((name) => required.key.standards.includes(name))) return [];
  const span = spanOf(required, property(required.key.definition, 'standard'));
  return [report(requiredStandard, span, { ...unmet(required), standards }, related(required, 'standard'))];
};

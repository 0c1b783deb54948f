import { report } from '../diagnostics/diagnostic.ts';
import { requiredPendingWindow } from '../diagnostics/requirements.ts';
import { daysRange } from '../language/requirement.ts';
import { daysOf } from '../language/text.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

/** Source: AWS KMS API reference, ScheduleKeyDeletion, PendingWindowInDays. */
const defaultWindow = 30;

export const pendingWindowIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const range = definition.value.pendingWindow;
  if (range === undefined) return [];
  const { pendingWindow: written } = key.properties;
  const days = written === undefined ? defaultWindow : daysOf(written.value);
  const { minimum, maximum } = daysRange(range);
  if (days >= minimum && days <= maximum) return [];
  const allowed = `${days < minimum ? minimum : maximum} days`;
  const parameters = { ...unmet(required), days, required: range, allowed };
  return [
    report(requiredPendingWindow, spanOf(required, written), parameters, related(required, 'pendingWindow', written)),
  ];
};

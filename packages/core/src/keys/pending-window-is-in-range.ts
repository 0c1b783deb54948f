import { report } from '../diagnostics/diagnostic.ts';
import { pendingWindowRange } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import { daysOf } from '../language/text.ts';
import type { ContentRule } from './rule.ts';

/** The waiting period of a scheduled deletion is 7 to 30 days. */
export const pendingWindowIsInRange: ContentRule = ({ properties: { pendingWindow: window } }) => {
  if (window === undefined) return [];
  const days = daysOf(window.value);
  const { minimum, maximum } = limits.pendingWindowDays;
  return days >= minimum && days <= maximum
    ? []
    : [report(pendingWindowRange, window.span, { days, minimum, maximum })];
};

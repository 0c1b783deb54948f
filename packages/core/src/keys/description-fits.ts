import { report } from '../diagnostics/diagnostic.ts';
import { descriptionTooLong } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import { problemsOf } from '../resolve/interpolate.ts';
import type { ContentRule } from './rule.ts';

/** A description has 8,192 characters at most. */
export const descriptionFits: ContentRule = ({ place, properties: { description } }) => {
  const maximum = limits.descriptionCharacters;
  if (description === undefined) return [];
  return problemsOf(description, place, ({ value: { length }, span }) =>
    length > maximum ? [report(descriptionTooLong, span, { length, maximum })] : [],
  );
};

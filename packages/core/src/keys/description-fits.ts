import { report } from '../diagnostics/diagnostic.ts';
import { descriptionTooLong } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import type { ContentRule } from './rule.ts';

/** A description has at most 8,192 characters. */
export const descriptionFits: ContentRule = ({ properties: { description } }) => {
  const maximum = limits.descriptionCharacters;
  if (description === undefined || description.value.length <= maximum) return [];
  return [report(descriptionTooLong, description.span, { length: description.value.length, maximum })];
};

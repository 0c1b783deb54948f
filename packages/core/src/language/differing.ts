/** `in:`, for differences between environments. */
import * as z from 'zod';
import { environmentOrGroup } from './text.ts';

export const absent = z.literal('absent', { error: 'write what is different there, or `absent`' }).meta({
  title: '`absent`',
  description: 'It does not exist in these environments.',
});

export const inDescription =
  'What differs by environment: an environment, a group or a pattern, with what differs there, merged like a key with its standard. If several entries apply, the most specific is merged last; see [semantics.md](semantics.md#what-differs-by-environment).';

/** A difference, or `absent`, by the environments it applies to. */
export function differing<T extends z.ZodType>(difference: T, examples: Record<string, unknown>[]) {
  return z
    .record(environmentOrGroup, z.union([difference, absent]))
    .optional()
    .meta({ description: `${inDescription} \`absent\`: it does not exist there.`, examples });
}

/** The constructs that can have `in`. */
export interface Differing<T> {
  readonly in?: Readonly<Record<string, T | 'absent'>> | undefined;
}

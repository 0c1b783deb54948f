/** `in:`, for differences between environments. */
import * as z from '../schema/schema.ts';
import { environmentOrGroup } from './text.ts';

export const absent = z.literal('absent', { error: 'write what is different there, or `absent`' }).meta({
  title: '`absent`',
  description: 'It is left out in these environments.',
});

export const inDescription =
  'Differences by environment. Each entry names an environment, a group or a pattern, and is merged like a key with its standard. If several entries apply, the most specific wins; see [semantics.md](semantics.md#what-differs-by-environment).';

/** A mapping from environments to what differs there, or to `absent`. */
export function differing<T extends z.ZodType>(difference: T, examples: Record<string, unknown>[]) {
  return z
    .record(environmentOrGroup, z.union([difference, absent]))
    .optional()
    .meta({ description: `${inDescription} \`absent\` leaves it out.`, examples });
}

/** A construct that can have `in`. */
export interface Differing<T> {
  readonly in?: Readonly<Record<string, T | 'absent'>> | undefined;
}

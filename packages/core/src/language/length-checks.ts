import type * as z from 'zod';

type Schema = z.core.$ZodType;

const seen = new WeakSet<object>();

/**
 * Lets the checks of length in a schema look at texts and lists only. Zod looks at whatever has a `length`, also where the
 * kind of the value is wrong: in a mapping with that key it would compare what the user wrote there with a number, which
 * throws for another mapping and has nothing to say for anything else.
 */
export function limitLengthChecks(schema: Schema): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  // What a definition has besides schemas is passed over; the union of all definitions does not tell them apart.
  const def = schema._zod.def as unknown as Readonly<Record<string, unknown>>;
  for (const check of schema._zod.def.checks ?? []) {
    const checked = check._zod.def;
    if (lengthChecks.has(checked.check))
      checked.when = ({ value }) => typeof value === 'string' || Array.isArray(value);
  }
  for (const inner of Object.values(def)) for (const one of schemasIn(inner)) limitLengthChecks(one);
}

const lengthChecks: ReadonlySet<string> = new Set(['min_length', 'max_length', 'length_equals']);

/** A schema that a definition holds (`element`), several (`options`), or some by name (`shape`). */
function schemasIn(part: unknown): readonly Schema[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isSchema(part)) return [part];
  return Object.values(part).filter(isSchema);
}

function isSchema(part: unknown): part is Schema {
  return typeof part === 'object' && part !== null && '_zod' in part;
}

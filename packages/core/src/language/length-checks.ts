import type * as z from 'zod';

type Schema = z.core.$ZodType;

const seen = new WeakSet<object>();

/**
 * Restricts a schema's length checks to texts and lists. Zod checks anything with a `length`, even a value of the wrong
 * kind. In a mapping with a key `length`, it would compare the value of that key with a number. The comparison throws if
 * the value is a mapping, and says nothing useful otherwise.
 */
export function limitLengthChecks(schema: Schema): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  // The union type of definitions does not distinguish schemas from other parts. Parts that are not schemas are skipped below.
  const def = schema._zod.def as unknown as Readonly<Record<string, unknown>>;
  for (const check of schema._zod.def.checks ?? []) {
    const checked = check._zod.def;
    if (lengthChecks.has(checked.check))
      checked.when = ({ value }) => typeof value === 'string' || Array.isArray(value);
  }
  for (const inner of Object.values(def)) for (const one of schemasIn(inner)) limitLengthChecks(one);
}

const lengthChecks: ReadonlySet<string> = new Set(['min_length', 'max_length', 'length_equals']);

/** The schemas in a part of a definition: one (`element`), several (`options`), or some by name (`shape`). */
function schemasIn(part: unknown): readonly Schema[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isSchema(part)) return [part];
  return Object.values(part).filter(isSchema);
}

function isSchema(part: unknown): part is Schema {
  return typeof part === 'object' && part !== null && '_zod' in part;
}

import type * as z from 'zod';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isAccepted, zodSchemaOf } from '../schema/schema.ts';
import type { Checked } from './checked.ts';
import { structureProblems } from './structure-problems.ts';

/**
 * Checks a parsed file against a schema that transforms nothing. On success the value is the parsed one itself, so that `locations` still
 * finds its parts. Every issue of the schema becomes a diagnostic at its value.
 */
export function validateStructure<T>(
  schema: z.ZodType<T>,
  parsed: Checked,
): { readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = isAccepted(schema, parsed.value) ? undefined : structureProblems(zodSchemaOf(schema), parsed);
  // Zod would return a copy, but only the parsed objects have the locations. The schema has just vouched for their type.
  return diagnostics === undefined ? { value: parsed.value as T, diagnostics: [] } : { value: undefined, diagnostics };
}

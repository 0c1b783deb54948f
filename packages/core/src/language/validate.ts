import type * as z from 'zod';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/**
 * Checks a parsed file against a schema that transforms nothing. On success the value is the parsed one itself, so that
 * `locations` still finds its parts. Every issue of the schema becomes a diagnostic at the value it is about.
 */
export declare function validateStructure<T>(
  schema: z.ZodType<T>,
  parsed: ParsedSource,
): { readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] };

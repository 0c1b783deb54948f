import { fitsNoEnvironment } from '../diagnostics/environments.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';

const codes: ReadonlySet<string> = new Set([unknownName.code, fitsNoEnvironment.code]);

/**
 * Drops errors about unknown names (KW2003, KW2100), for a project with an invalid file: the part that was not read may define these names,
 * and its own errors already fail the build.
 */
export function withoutUnknownNames<T>({ value, diagnostics }: Result<T>): Result<T> {
  return { value, diagnostics: diagnostics.filter(({ code }) => !codes.has(code)) };
}

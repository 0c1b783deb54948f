import { fitsNoEnvironment } from '../diagnostics/environments.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';

/**
 * Drops errors about unknown names (KW2003, KW2100), for a project with an invalid file: the part that was not read may define these names,
 * and its own errors already fail the build.
 */
export function withoutUnknownNames<T>({ value, diagnostics }: Result<T>): Result<T> {
  const codes = [unknownName, fitsNoEnvironment].map(({ code }) => code);
  return { value, diagnostics: diagnostics.filter(({ code }) => !codes.includes(code)) };
}

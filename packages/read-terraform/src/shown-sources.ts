import type { SourceFile } from '@keywright/core/source/span';

/** Matches text after the name of something secret, in HCL or JSON: `secret_key = "…"`, `sensitive("…")`. */
const secret =
  /\b((?:key_material_base64|access_key|secret_key|token|sensitive)"?\s*[=:(]\s*\\?")([^"\\]*(?:\\.[^"\\]*)*)/g;

/**
 * Returns the files whose lines messages may show, by path. Files with values for variables are left out, since the values may be
 * sensitive. Asterisks replace the secrets that are written in a module.
 */
export function shownSources(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  const shown = files.filter(({ path }) => !/\.tfvars(\.json)?$/.test(path));
  return new Map(
    shown.map(({ path, text }) => [
      path,
      { path, text: text.replaceAll(secret, (_, start: string, value: string) => start + '*'.repeat(value.length)) },
    ]),
  );
}

import type { SourceFile } from '@keywright/core/source/span';

/** Text that follows the name of something secret, in HCL or JSON: `secret_key = "…"`, `sensitive("…")`. */
const secret =
  /\b((?:key_material_base64|access_key|secret_key|token|sensitive)"?\s*[=:(]\s*\\?")([^"\\]*(?:\\.[^"\\]*)*)/g;

/**
 * The files with the lines that messages may show, by path: none of values for variables, which may be sensitive, and each secret that stands
 * in a module as asterisks.
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

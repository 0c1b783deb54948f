/**
 * The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal. Loads Node's module on first use: loading takes as long
 * as compiling a small project, and most runs of `check` need no digest.
 */
export function sha256(content: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', content);
}

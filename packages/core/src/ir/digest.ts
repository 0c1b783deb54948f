/**
 * The SHA-256 of bytes, or of a text's UTF-8 form, in hexadecimal. Node's module takes as long to load as a small project to
 * compile, and most runs of `check` need none of these: it is loaded when the first is asked for.
 */
export function sha256(content: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest('hex');
}

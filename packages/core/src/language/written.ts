/** The greatest length of a value that a message repeats, unless it is what the reader has to write. */
const longest = 400;

/** A value as YAML on one line: `[orders, { account: "111122223333" }]`; `undefined` if it is too long to read in a message. */
export function written(value: unknown, room = longest): string | undefined {
  if (value === undefined) return undefined;
  const text = flow(value, room);
  return text.length <= room ? text : undefined;
}

/** An entry of a mapping as YAML on one line: `grants: [{ to: ordersApi, can: decrypt }]`. */
export function writtenEntry(key: string, value: unknown): string | undefined {
  const text = written(value);
  return text === undefined ? undefined : `${scalar(key)}: ${text}`;
}

/** The maximum length of a whole policy translated into the language. */
export const roomForPolicy = 8000;

/** Stops early, since YAML aliases can make a small file expand to a very long value. */
function flow(value: unknown, room: number): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const parts: string[] = [];
  let left = room;
  for (const [key, inner] of Object.entries(value)) {
    if (left < 0) break;
    const part = isList ? flow(inner, left) : `${scalar(key)}: ${flow(inner, left)}`;
    left -= part.length + 2;
    parts.push(part);
  }
  if (isList) return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** A text without quotes where YAML reads it as text, even in a list; otherwise in quotes. */
function scalar(text: string): string {
  if (/^\d+ days$/.test(text)) return text;
  const isPlain =
    /^[A-Za-z/][\w./-]*(:[\w.*-]+)?( [\w./-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

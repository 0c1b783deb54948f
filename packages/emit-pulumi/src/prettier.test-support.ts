import { format } from 'prettier';

/** A file as Prettier formats it, with its default options. */
export function prettier(text: string, path = 'index.ts'): Promise<string> {
  return format(text, { filepath: path });
}

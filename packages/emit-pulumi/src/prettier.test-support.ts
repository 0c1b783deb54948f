import { format } from 'prettier';

/** What Prettier makes of a file, with its default options. */
export function prettier(text: string, path = 'index.ts'): Promise<string> {
  return format(text, { filepath: path });
}

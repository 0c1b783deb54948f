import { format } from 'prettier';

export function prettier(text: string, path = 'index.ts'): Promise<string> {
  return format(text, { filepath: path });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A step of a reader on a walk. */
export type Part =
  /** Writes a file whose first line is a comment with the name of the file. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** Runs commands. With `before`, the commands are in a comment of the page, and create what a reader already has. */
  | { readonly kind: 'commands'; readonly text: string; readonly before: boolean }
  /** Runs a command, and expects the output that the page shows. */
  | { readonly kind: 'session'; readonly command: string; readonly printed: string };

export interface Walk {
  readonly name: string;
  readonly parts: readonly Part[];
}

const page = join(import.meta.dirname, '../../../../docs/migrating.md');

/** Returns the walks of docs/migrating.md. A walk is a section between two comments, with its code blocks. */
export function walks(): readonly Walk[] {
  const text = readFileSync(page, 'utf8');
  const [, found] = /<!-- walks -->([\s\S]*?)<!-- end walks -->/.exec(text) ?? [];
  if (found === undefined) throw new Error('docs/migrating.md has no walks');
  return found
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ name: `walks/${section.split('\n', 1)[0]}`, parts: partsOf(section) }));
}

const blocks = /^```(\w+)\n([\s\S]*?)^```$|<!-- before\n([\s\S]*?)-->/gm;

function partsOf(section: string): readonly Part[] {
  return [...section.matchAll(blocks)].map(([, language, text = '', before]): Part => {
    if (before !== undefined) return { kind: 'commands', text: before, before: true };
    if (language === 'sh') return { kind: 'commands', text, before: false };
    if (language === 'console') {
      const [, command = '', printed = ''] = /^\$ (.*)\n([\s\S]*)$/.exec(text) ?? [];
      return { kind: 'session', command, printed };
    }
    const [, path] = /^(?:#|\/\/) (\S+)\n/.exec(text) ?? [];
    if (path === undefined) throw new Error(`a block of ${language} names no file in its first line`);
    return { kind: 'file', path, text };
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { slug, withoutCode, withoutFences } from '../markdown.ts';

/** Returns broken links from the pages to files and headings of this repository. */
export function linkProblems(pages: readonly string[]): string[] {
  return pages.flatMap((page) => {
    const links = withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^()\s]+)\)/g);
    return [...links].flatMap(([, link = '']) => (/^[a-z]+:/.test(link) ? [] : problemsOf(page, link)));
  });
}

function problemsOf(page: string, link: string): string[] {
  const [path = '', heading] = link.split('#');
  const file = path === '' ? page : posix.join(posix.dirname(page), path);
  if (!existsSync(file)) return [`${page}: ${link} leads nowhere`];
  const isMissing = heading !== undefined && file.endsWith('.md') && !headingsOf(file).has(heading);
  return isMissing ? [`${page}: ${link}: there is no such heading`] : [];
}

function headingsOf(file: string): ReadonlySet<string> {
  const headings = withoutFences(readFileSync(file, 'utf8')).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, text = '']) => slug(text)));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns broken links on the finished site in `folder`: links and images that lead to missing files, and anchors that no element has.
 * `address` is the future address of the site. Does not contact other hosts.
 */
export function linkProblems(folder: string, address: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => path.replaceAll('\\', '/'));
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (page: string): ReadonlySet<string> => {
    const known = anchors.get(page) ?? idsOf(readFileSync(join(folder, page), 'utf8'));
    anchors.set(page, known);
    return known;
  };
  return pages.flatMap((page) => {
    const links = readFileSync(join(folder, page), 'utf8').matchAll(
      /<(?:a|img|link|script)\b[^>]*?\s(?:href|src)="(.*?)"/g,
    );
    return [...new Set([...links].map(([, link = '']) => link))].flatMap((link) => {
      const target = new URL(link.replaceAll('&amp;', '&'), `${address}${page}`);
      if (!target.href.startsWith(address)) return [];
      const path = decodeURI(target.pathname.slice(new URL(address).pathname.length));
      const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
      if (!existsSync(join(folder, file))) return [`${page}: ${link} leads nowhere`];
      const anchor = decodeURIComponent(target.hash.slice(1));
      return anchor === '' || anchorsOf(file).has(anchor) ? [] : [`${page}: ${link}: there is no such heading`];
    });
  });
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="(.*?)"/g)].map(([, id = '']) => id));
}

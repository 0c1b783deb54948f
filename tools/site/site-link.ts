import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Returns a link on a page of docs/ as the site has it. A link to another page stays in the site. If a link leaves docs/, or leads to
 * something other than a page, it leads to the repository at `source`. Links to other addresses are unchanged. The link check reports
 * missing targets.
 */
export function siteLink(link: string, page: string, repository: string, source: string): string {
  if (/^([a-z]+:|#|\/)/.test(link)) return link;
  const [path = '', heading] = link.split('#');
  const anchor = heading === undefined ? '' : `#${heading}`;
  const target = resolve(dirname(page), decodeURI(path));
  const targetPath = relative(repository, target).split(sep).join('/');
  if (targetPath.startsWith('docs/') && targetPath.endsWith('.md'))
    return `${path.replace(/(^|\/)README\.md$/, '$1index.md')}${anchor}`;
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined) return link;
  return `${source}/${found.isDirectory() ? 'tree' : 'blob'}/main/${targetPath}${anchor}`;
}

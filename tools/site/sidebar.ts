interface SidebarSection {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

/**
 * The sidebar: the sections of docs/README.md, which are a line that ends with a colon and a list, each entry with its first link
 * and, named after their words, the others to pages of their own.
 */
export function sidebarOf(readme: string): SidebarSection[] {
  const sections: SidebarSection[] = [];
  for (const line of readme.split('\n')) {
    if (/^\w.*:$/.test(line)) sections.push({ text: line.slice(0, -1), items: [] });
    if (!line.startsWith('- ')) continue;
    for (const [, text = '', link = ''] of line.matchAll(/\[(.+?)\]\(([\w/-]+\.md)\)/g)) {
      const title = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
      sections.at(-1)?.items.push({ text: title, link: `/${link.replace(/(README)?\.md$/, '')}` });
    }
  }
  return sections;
}

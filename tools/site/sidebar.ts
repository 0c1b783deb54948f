interface SidebarSection {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

/**
 * Makes the sidebar from docs/README.md. A line that ends with a colon is the title of a section. Each link in the list below that line
 * becomes a link of the sidebar, with the same words.
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

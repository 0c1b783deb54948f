/** Text for pages in GitHub's Markdown. */

/** The first line of every page that is generated as a whole. */
export const notice = '<!-- Made by tools/docs: change the source, then run `npm run docs`. -->\n\n';

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** A table, its cells already in Markdown. */
export function table(headings: readonly string[], rows: readonly string[]): string {
  return `| ${headings.join(' | ')} |\n|${' --- |'.repeat(headings.length)}\n${rows.join('\n')}`;
}

/** Text for a table cell: on one line, with links to the pages it names. */
export function cell(text: string): string {
  return linked(text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|'));
}

/** Turns `docs/semantics.md` in a text of the code into a link; `folder` leads from the page to docs/. */
export function linked(text: string, folder = ''): string {
  return text.replaceAll(/(?<![\w/[])docs\/([\w-]+\.md)/g, (_, page) => `[${page}](${folder}${page})`);
}

/** The anchor that GitHub gives a heading. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

export function withoutFences(page: string): string {
  return page.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

export function withoutCode(page: string): string {
  return withoutFences(page).replaceAll(/`[^`\n]+`/g, '');
}

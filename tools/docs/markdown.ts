/** Writes text in GitHub's Markdown. */

/** The first line of every page that is entirely generated. */
export const notice = '<!-- Made by tools/docs: change the source, then run `npm run docs`. -->\n\n';

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** Returns a table. The cells are Markdown already. */
export function table(headings: readonly string[], rows: readonly string[]): string {
  return `| ${headings.join(' | ')} |\n|${' --- |'.repeat(headings.length)}\n${rows.join('\n')}`;
}

/** Returns text for a cell of a table: on one line, with links to the pages that it names. */
export function cell(text: string): string {
  return linked(text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|'));
}

/** Turns `docs/semantics.md` in a text of the code into a link. `folder` leads from the page to docs/. */
export function linked(text: string, folder = ''): string {
  return text.replaceAll(/(?<![\w/[])docs\/([\w-]+\.md)/g, (_, page) => `[${page}](${folder}${page})`);
}

/** Returns the anchor that GitHub gives to a heading. */
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

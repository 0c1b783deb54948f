/** Makes a page that contains everything and needs no other files and no network. */
import { createHash } from 'node:crypto';
import type { GraphData } from './data.ts';
import { escapeMarkup } from './drawing.ts';
import { marks } from './mark.ts';
import { drawingStyle, markup, pageStyle, script } from './page.generated.ts';

export function graphPage(data: GraphData): string {
  const style = `${pageStyle}\n${drawingStyle}`;
  // Whatever markup a name in the data contains, only the script of this page runs and nothing is loaded.
  const policy = [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    `script-src ${digest(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = {
    mark: marks.html,
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    title: escapeMarkup(`Keys of ${data.app}`),
    style: `<style>${style}</style>`,
    scripts: [
      `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
      `<script>${script}</script>`,
    ].join('\n'),
  };
  return markup.replaceAll(/<!-- (\w+) -->/g, (whole, name: string) => parts[name] ?? whole);
}

/** Prints JSON that cannot end a script element, and that is valid JavaScript too. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

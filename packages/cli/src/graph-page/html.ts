/** One page with everything in it: no other file, no network. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { GraphData } from './data.ts';
import { joinScripts, pageFile } from './scripts.ts';

export function graphPage(data: GraphData): string {
  const style = `${pageFile('page.css')}\n${pageFile('drawing.css')}`;
  const library = layoutLibrary();
  const script = joinScripts('scene.js', 'drawing.js', 'page.js');
  // Only what is in this file runs, and nothing is loaded: whatever a name in the data tries to be.
  const policy = [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    `script-src ${digest(library)} ${digest(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    title: escapeMarkup(`Keys of ${data.app}`),
    style: `<style>${style}</style>`,
    scripts: [
      `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
      `<script>${library}</script>`,
      `<script type="module">${script}</script>`,
    ].join('\n'),
  };
  return pageFile('page.html').replaceAll(/<!-- (\w+) -->/g, (whole, name: string) => parts[name] ?? whole);
}

/** JSON that ends no script element, and that is JavaScript too. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The library as a script that defines `dagre`. Without its last line, which names a file that browsers would look for. */
function layoutLibrary(): string {
  const manifest = createRequire(import.meta.url).resolve('@dagrejs/dagre/package.json');
  const text = readFileSync(manifest.replace(/package\.json$/, 'dist/dagre.min.js'), 'utf8');
  return text.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

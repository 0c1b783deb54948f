/**
 * Bundles the page of `keywright graph`; run in packages/graph. `src/page/page.ts` and everything that it imports become one script.
 * `src/page.generated.ts` exports this script, the markup and the styles, so the page needs no files at run time. The licences of the
 * bundled code go into `THIRD-PARTY-NOTICES.txt`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.ts';

const { outputFiles, metafile } = await build({
  entryPoints: ['src/page/page.ts'],
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'inline',
  conditions: ['keywright-source'],
  logLevel: 'warning',
  write: false,
  metafile: true,
});
const notices = thirdPartyNotices(metafile);
const [page] = outputFiles;
if (page === undefined) throw new Error('there is no script');
const script = `/*\n${notices.replaceAll('*/', '* /')}*/\n${page.text}`;
if (script.includes('</script')) throw new Error('the script would end its element');
const parts = {
  // The page contains the licences, because people pass it on together with the third-party code in it.
  script,
  markup: readFileSync('src/page/page.html', 'utf8'),
  pageStyle: readFileSync('src/page/page.css', 'utf8'),
  drawingStyle: readFileSync('src/drawing.css', 'utf8'),
};
const text = Object.entries(parts).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
writeFileSync(
  'src/page.generated.ts',
  `// Made by tools/bundle/bundle-page.ts from src/page and src/drawing.css; not kept in git.\n${text.join('')}`,
);
writeFileSync('THIRD-PARTY-NOTICES.txt', notices);

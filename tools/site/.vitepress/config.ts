/** The site of docs/. It has the pages as they are, in the order of docs/README.md. Links that leave docs/ lead to the repository. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { siteAddress } from '../../../packages/core/src/diagnostics/addresses.ts';
import { slug } from '../../docs/markdown.ts';
import { siteFolder } from '../folder.ts';
import { sidebarOf } from '../sidebar.ts';
import { siteLink } from '../site-link.ts';

const repository = join(import.meta.dirname, '../../..');
const docs = join(repository, 'docs');
const source = 'https://github.com/keywright/keywright';

export default defineConfig({
  srcDir: docs,
  outDir: siteFolder,
  cacheDir: join(repository, 'out/site-cache'),
  base: new URL(siteAddress).pathname,
  title: 'Keywright',
  description: 'Write AWS KMS keys once, in YAML; get equivalent CloudFormation, Terraform and Pulumi.',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  rewrites: { 'README.md': 'index.md', 'diagnostics/README.md': 'diagnostics/index.md' },
  markdown: {
    anchor: { slugify: slug },
    config(md) {
      // VitePress treats pages as templates, but these pages are plain text. So braces are escaped, and start no expression.
      for (const kind of ['text', 'code_inline'] as const) {
        const rule = md.renderer.rules[kind];
        md.renderer.rules[kind] = (...args) => (rule?.(...args) ?? '').replaceAll('{{', '&#123;&#123;');
      }
      md.core.ruler.push('links out of docs/', ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.attrGet('href');
          if (href === null) continue;
          token.attrSet('href', siteLink(href, env.path, repository, source));
        }
      });
    },
  },
  themeConfig: {
    sidebar: sidebarOf(readFileSync(join(docs, 'README.md'), 'utf8')),
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: {
            // A search for a code finds only that code, and no similar codes.
            fuzzy: (term: string) => (/\d/.test(term) ? false : 0.2),
            prefix: true,
            boost: { title: 8, text: 2, titles: 1 },
          },
        },
      },
    },
    socialLinks: [{ icon: 'github', link: source }],
    editLink: { pattern: `${source}/edit/main/docs/:path`, text: 'Change this page' },
  },
});

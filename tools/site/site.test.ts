/** Tests the built site as readers see it: in Chromium, on a phone and on a desktop. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, findChromium, startChromium } from '../../packages/cli/src/testing/chromium.ts';
import { diagnosticAddress, schemaAddress, siteAddress } from '../../packages/core/src/diagnostics/addresses.ts';
import { siteFolder } from './folder.ts';
import { linkProblems } from './link-problems.ts';
import { sidebarOf } from './sidebar.ts';
import { siteLink } from './site-link.ts';

const chromium = findChromium();
const docs = join(import.meta.dirname, '../../docs');
const base = new URL(siteAddress).pathname;
const pages = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

describe.skipIf(chromium === undefined && process.env.CI !== 'true')('the site in a browser', () => {
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    if (chromium === undefined) throw new Error('CI needs Chromium to test the site: apt-get install chromium');
    server = createServer(({ url = '' }, response) => {
      const path = new URL(url, siteAddress).pathname.slice(base.length);
      try {
        const content = readFileSync(join(siteFolder, path === '' ? 'index.html' : path));
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/html', 'cache-control': 'max-age=60' });
        response.end(content);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const at = server.address();
    if (at === null || typeof at === 'string') throw new Error('the server has no port');
    address = `http://127.0.0.1:${at.port}${base}`;
    browser = await startChromium(chromium);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it.each([
    ['a phone', { width: 390, height: 844 }],
    ['a desktop', { width: 1440, height: 900 }],
  ])('has no page that is wider than %s', async (_, size) => {
    const page = await browser.open(`${address}404.html`, size);
    const wide: string[] = [];
    for (const path of pages) {
      const width = await page.evaluate(`new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.sandbox = 'allow-same-origin'; // Without scripts, which move nothing and take a while.
        frame.style = 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0';
        frame.src = ${JSON.stringify(`${base}${path}`)};
        frame.onload = () => { done(frame.contentDocument.documentElement.scrollWidth); frame.remove(); };
        document.body.append(frame);
      })`);
      if (typeof width !== 'number' || width > size.width) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
  });

  it('finds a diagnostic by its code, and contacts no other host', async () => {
    const page = await browser.open(address);
    // The button does nothing until the script of the page runs. The index is loaded together with the box.
    const until = (condition: string) =>
      page.evaluate(`new Promise((done) => {
        const look = () => ((${condition}) ? done() : setTimeout(look, 100));
        look();
      })`);
    const box = `document.querySelector('.VPLocalSearchBox input')`;
    await until(`${box} !== null || (document.querySelector('.DocSearch-Button').click(), false)`);
    await page.evaluate(`${box}.focus()`);
    await page.type('KW3024');
    await until(`document.querySelector('.VPLocalSearchBox .result')?.href.includes('diagnostics/KW3024.html')`);
    expect(page.complaints).toEqual([]);
    expect(page.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(address))).toEqual([]);
  });
});

it('the site has a page for each diagnostic', () => {
  const codes = readdirSync(join(docs, 'diagnostics')).filter((name) => name.startsWith('KW'));
  expect(codes.length).toBeGreaterThan(100);
  for (const code of codes) expect(pages).toContain(`diagnostics/${code.replace('.md', '.html')}`);
});

it('the site has a page for each printed address', () => {
  const page = diagnosticAddress('KW3024').slice(siteAddress.length);
  expect(pages).toContain(page);
  for (const name of ['keywright.schema.json', 'included.schema.json', 'trusted.schema.json']) {
    const path = schemaAddress(name).slice(siteAddress.length);
    expect(JSON.parse(readFileSync(join(siteFolder, path), 'utf8')).$id).toBe(schemaAddress(name));
  }
});

it('the sidebar lists every page of docs/', () => {
  const links = sidebarOf(readFileSync(join(docs, 'README.md'), 'utf8')).flatMap(({ items }) => items);
  const own = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const listed = links.map(({ link }) => link);
  expect(own.map((name) => `/${name.replace('.md', '')}`).filter((link) => !listed.includes(link))).toEqual([]);
});

describe('the link check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-site-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reports missing pages, files and anchors, and nothing else', () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'index.html'), '<h1 id="top"></h1>');
    writeFileSync(
      join(folder, 'deep/page.html'),
      `<a class="x" href="../index.html#top"></a><a href="${base}"></a><a href="https://example.com/#x"></a>
      <a href="../gone.html"></a><a href="../index.html#gone"></a><a href="#own"></a><img alt="" src="gone.svg">`,
    );
    expect(linkProblems(folder, siteAddress)).toEqual([
      'deep/page.html: ../gone.html leads nowhere',
      'deep/page.html: ../index.html#gone: there is no such heading',
      'deep/page.html: #own: there is no such heading',
      'deep/page.html: gone.svg leads nowhere',
    ]);
  });
});

it('links out of docs/ lead to the repository', () => {
  const repository = join(siteFolder, '../..');
  const linked = (link: string) => siteLink(link, join(repository, 'docs/ci.md'), repository, 'https://host/repo');
  expect(['../action.yml', '../examples', '../CHANGELOG.md#unreleased', 'schema/ir.schema.json'].map(linked)).toEqual([
    'https://host/repo/blob/main/action.yml',
    'https://host/repo/tree/main/examples',
    'https://host/repo/blob/main/CHANGELOG.md#unreleased',
    'https://host/repo/blob/main/docs/schema/ir.schema.json',
  ]);
  expect(['diagnostics/README.md#top', 'rules.md', '#here', 'https://host/', '../gone'].map(linked)).toEqual([
    'diagnostics/index.md#top',
    'rules.md',
    '#here',
    'https://host/',
    '../gone',
  ]);
});

/**
 * The page in a real browser: Chromium of the machine, wherever it has one. In CI there has to be one.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { type Browser, findChromium, type Page, startChromium } from '../testing/chromium.ts';
import { fakeIo } from '../testing/fake-io.ts';

const chromium = findChromium();
if (chromium === undefined) {
  if (process.env.CI === 'true') throw new Error('CI needs Chromium to test the page: apt-get install chromium');
  console.warn(
    'The page is not tested: there is no Chromium on this machine (apt-get install chromium, or CHROMIUM=path).',
  );
}

/** Five stacks of a hundred keys, each with a role that can use them. */
function manyKeys(): string {
  const stacks = Array.from({ length: 5 }, (_, stack) => {
    const keys = Array.from(
      { length: 100 },
      (_, key) =>
        `      key${stack * 100 + key}: { admins: [admin], grants: [{ to: api, can: encryptDecrypt }, { to: events, can: decrypt }] }`,
    );
    return `  stack${stack}:
    environment: prod
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
${keys.join('\n')}`;
  });
  return `keywright: 1
app: many
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin", mutable: false }
  events: { service: events }
stacks:
${stacks.join('\n')}
`;
}

/** The two grants are one statement of the key policy. */
const mergedGrants = `keywright: 1
app: merged
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals: { reader: { role: "arn:aws:iam::111122223333:role/Reader", mutable: false } }
stacks:
  main:
    environment: prod
    keys:
      orders:
        grants:
          - { to: reader, can: decrypt }
          - { to: reader, can: encrypt }
`;

describe.skipIf(chromium === undefined)('the page in a browser', () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keywright-page-'));
    mkdirSync(join(folder, 'many'));
    writeFileSync(join(folder, 'many/keywright.yaml'), manyKeys());
    mkdirSync(join(folder, 'merged'));
    writeFileSync(join(folder, 'merged/keywright.yaml'), mergedGrants);
    browser = await startChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The page of a project, opened as a file. */
  async function open(directory: string): Promise<Page> {
    const file = join(folder, 'page.html');
    const io = fakeIo({ cwd: folder });
    expect(await run(['graph', directory, '--out', file], io)).toBe(0);
    return browser.open(pathToFileURL(file).href);
  }

  const payments = join(import.meta.dirname, '../../../../examples/payments');
  const count = (page: Page, selector: string) =>
    page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  const text = (page: Page, selector: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);
  const labels = (page: Page) =>
    page.evaluate("[...document.querySelectorAll('.row .label')].map((label) => label.textContent)");
  /** The row with this text, as a selector. */
  const row = async (page: Page, side: string, label: string) => {
    const id = await page.evaluate(
      `[...document.querySelectorAll('.row.${side}')].find((row) => row.querySelector('.label').textContent === ${JSON.stringify(label)}).dataset.row`,
    );
    return `[data-row="${id}"] .label`;
  };

  it('shows all of examples/payments, complains of nothing and asks for nothing', async () => {
    const page = await open(payments);
    expect(await text(page, 'h1')).toBe('Keys of payments');
    expect(await text(page, '#counts')).toMatch(/^12 keys, 1\d principals/);
    expect(await labels(page)).toEqual(
      expect.arrayContaining(['orders', 'cards', 'checkoutApi', 'cloudtrail.amazonaws.com']),
    );
    expect(Number(await count(page, '.line'))).toBeGreaterThan(20);
    expect(page.complaints).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  it('shows on a click who can use a key, and leads to the line of YAML', async () => {
    const page = await open(payments);
    await page.click(await row(page, 'key', 'root'));
    expect(await text(page, '#panel h2')).toBe('platform.root');
    expect(await text(page, '#panel')).toContain('settlement.settlementJob');
    expect(await text(page, '#panel')).toContain('if not (aws:PrincipalOrgID StringNotEquals o-a1b2c3d4e5)');
    expect(Number(await count(page, '.line.lit'))).toBeGreaterThan(3);

    await page.click('#panel .access .place');
    expect(await page.evaluate("document.querySelector('#source').open")).toBe(true);
    const place = String(await text(page, '#source-title'));
    const line = await page.evaluate("document.querySelector('#source .here').dataset.line");
    expect(place).toMatch(new RegExp(`^[\\w./]+\\.yaml:${line}$`));
    await page.press('Escape');
    await page.click('#panel .close');
    expect(await count(page, '.lit')).toBe(0);
    expect(page.complaints).toEqual([]);
  });

  it('leads to every line that a merged statement comes from', async () => {
    const page = await open(join(folder, 'merged'));
    await page.click(await row(page, 'key', 'orders'));
    const places = await page.evaluate(
      "[...document.querySelectorAll('#panel .place')].map((button) => button.textContent)",
    );
    expect(places).toEqual(expect.arrayContaining(['keywright.yaml:11', 'keywright.yaml:12']));
  });

  it('shows on a click on a line what it stands for', async () => {
    const page = await open(payments);
    await page.evaluate(
      "document.querySelector('.line .hit').dispatchEvent(new MouseEvent('click', { bubbles: true }))",
    );
    expect(await text(page, '#panel h2')).toMatch(/ → /);
    expect(Number(await count(page, '#panel .access'))).toBeGreaterThan(0);
  });

  it('filters by text, account, capability and kind of principal', async () => {
    const page = await open(payments);
    await page.click('#text');
    await page.type('receipts');
    expect(await text(page, '#counts')).toMatch(/^2 keys/);
    await page.evaluate("document.querySelector('#filters').reset()");
    await page.evaluate('new Promise((done) => setTimeout(done, 20))');
    expect(await text(page, '#counts')).toMatch(/^12 keys/);

    const choose = (id: string, value: string) =>
      page.evaluate(
        `(() => { const field = document.querySelector('#${id}'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('input', { bubbles: true })); })()`,
      );
    await choose('can', 'sign');
    expect(await text(page, '#counts')).toMatch(/^2 keys, 2 principals/);
    await choose('can', '');
    await choose('account', 'account 444455556666');
    expect(await labels(page)).not.toContain('cards');
    await choose('account', '');
    const before = String(await text(page, '#counts'));
    await page.click('#trust');
    expect(await text(page, '#counts')).not.toBe(before);
    await page.evaluate("document.querySelector('#kinds').open = true");
    await page.click('#kinds input[value="service"]');
    expect(await labels(page)).not.toContain('cloudtrail.amazonaws.com');
    await page.click('#text');
    await page.type('no such thing');
    expect(await page.evaluate("document.querySelector('#empty').hidden")).toBe(false);
    expect(page.complaints).toEqual([]);
  });

  it('folds 500 keys into their stacks, and unfolds them', async () => {
    const page = await open('many');
    expect(await text(page, '#counts')).toMatch(/^500 keys, 7 principals/);
    expect(await labels(page)).toContain('▸ stack3');
    expect(Number(await count(page, '.row'))).toBeLessThan(20);
    // What is shown at first can be read.
    expect(
      Number(await page.evaluate("document.querySelector('.row').getBoundingClientRect().height")),
    ).toBeGreaterThan(16);

    await page.click(await row(page, 'key', '▸ stack3'));
    expect(Number(await count(page, '.row'))).toBeGreaterThan(100);
    expect(Number(await count(page, '.line'))).toBeLessThan(30);
    await page.click('#text');
    await page.type('key345');
    expect(await labels(page)).toEqual(expect.arrayContaining(['key345', 'api', 'Admin', 'events.amazonaws.com']));
    expect(await text(page, '#counts')).toMatch(/^1 key, 3 principals/);

    await page.evaluate("document.querySelector('#filters').reset()");
    await page.click('#unfold');
    expect(Number(await count(page, '.row.key'))).toBe(500);
    await page.click('#fold');
    expect(Number(await count(page, '.row'))).toBe(3);
    expect(page.complaints).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  it('can be moved with the mouse and with keys, and used without a mouse', async () => {
    const page = await open(payments);
    const transform = () => page.evaluate("document.querySelector('#scene').getAttribute('transform')");
    const seen = new Set([await transform()]);
    await page.drag([600, 700], [560, 640]);
    seen.add(await transform());
    await page.wheel([600, 500], -200);
    seen.add(await transform());
    await page.evaluate("document.querySelector('#picture').focus()");
    for (const key of ['ArrowDown', '+', '0']) {
      await page.press(key);
      seen.add(await transform());
    }
    // The last fits it to the window again, as at first.
    expect(seen.size).toBe(5);
    expect(await count(page, '#panel:not([hidden])')).toBe(0);

    await page.evaluate("document.querySelector('.row.key').focus()");
    await page.press('Enter');
    expect(await count(page, '#panel:not([hidden])')).toBe(1);
    await page.press('Escape');
    expect(await count(page, '#panel:not([hidden])')).toBe(0);
    await page.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
  });

  it('shows names as text, whatever they contain', async () => {
    mkdirSync(join(folder, 'evil'), { recursive: true });
    writeFileSync(
      join(folder, 'evil/keywright.yaml'),
      `keywright: 1
app: evil
principals: { x: { service: "a.amazonaws.com" } }
stacks:
  main:
    keys:
      orders:
        description: "</script><script>document.title = 'gone'</script>"
        statements:
          - { sid: "x", effect: Allow, principals: x, actions: "kms:Decrypt", conditions: { StringEquals: { "kms:EncryptionContext:tenant": "</script><img src=x onerror=document.title='gone'><b>" } } }
`,
    );
    const page = await open('evil');
    await page.click(await row(page, 'key', 'orders'));
    expect(await text(page, '#panel')).toContain('</script><img src=x');
    expect(await page.evaluate('document.title')).toBe('Keys of evil');
    expect(page.complaints).toEqual([]);
    expect(page.requests).toEqual([]);
  });
});

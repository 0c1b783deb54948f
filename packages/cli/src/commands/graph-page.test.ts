/** Tests the page in a real browser: any Chromium on the machine. CI must have one. */
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

/** The two grants become one statement of the key policy. */
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

/** Twenty accounts in two regions, three of them with one more grant. */
function manyEnvironments(): string {
  const names = Array.from({ length: 20 }, (_, index) => (index < 3 ? `prod${index}` : `dev${index}`));
  const environments = names.flatMap((name, index) =>
    ['eu-west-1', 'us-east-1'].map(
      (region) => `  ${name}-${region}: { account: "${111111111111 + index}", region: ${region} }`,
    ),
  );
  return `keywright: 1
app: fleet
environments:
${environments.join('\n')}
principals:
  admin: { role: "arn:aws:iam::\${account}:role/KeyAdmin", mutable: false }
  reader: { role: "arn:aws:iam::\${account}:role/Reader", mutable: false }
stacks:
  core:
    environment: [prod*, dev*]
    keys:
      orders: { admins: [admin], in: { prod*: { grants: [{ to: reader, can: decrypt }] } } }
      receipts: { admins: [admin] }
`;
}

describe.skipIf(chromium === undefined)('the page in a browser', () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keywright-page-'));
    mkdirSync(join(folder, 'many'));
    writeFileSync(join(folder, 'many/keywright.yaml'), manyKeys());
    mkdirSync(join(folder, 'merged'));
    writeFileSync(join(folder, 'merged/keywright.yaml'), mergedGrants);
    mkdirSync(join(folder, 'fleet'));
    writeFileSync(join(folder, 'fleet/keywright.yaml'), manyEnvironments());
    browser = await startChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(directory: string, size?: { readonly width: number; readonly height: number }): Promise<Page> {
    const file = join(folder, 'page.html');
    const io = fakeIo({ cwd: folder });
    expect(await run(['graph', directory, '--out', file], io)).toBe(0);
    return browser.open(pathToFileURL(file).href, size);
  }

  const payments = join(import.meta.dirname, '../../../../examples/payments');
  const count = (page: Page, selector: string) =>
    page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  const text = (page: Page, selector: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);
  const labels = (page: Page) =>
    page.evaluate("[...document.querySelectorAll('.row .label')].map((label) => label.textContent)");
  const row = async (page: Page, side: string, label: string) => {
    const id = await page.evaluate(
      `[...document.querySelectorAll('.row.${side}')].find((row) => row.querySelector('.label').textContent === ${JSON.stringify(label)}).dataset.row`,
    );
    return `[data-row="${id}"] .label`;
  };

  it('shows all of examples/payments without errors or requests', async () => {
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

  it('shows who can use a clicked key, and leads to the line of YAML', async () => {
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

  it('shows the access behind a line when the line is clicked', async () => {
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
    await choose('account', '444455556666');
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
    // The initial view is legible.
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

  const header = (label: string) => `#matrix th[data-head][title^="${label}"]`;

  it('groups many environments by key, and names the environments after a click', async () => {
    const page = await open('fleet');
    expect(await text(page, '#counts')).toMatch(/^80 keys, 23 principals/);
    expect(await page.evaluate("document.querySelector('#by :checked').value")).toBe('key');
    expect(await labels(page)).toEqual(['KeyAdmin', 'Reader', 'orders', 'orders', 'receipts']);
    expect(
      await page.evaluate("[...document.querySelectorAll('.head text')].map((title) => title.textContent)"),
    ).toEqual(expect.arrayContaining(['▾ in 6 environments (prod*)', '▾ in all 40 environments']));
    await page.click(await row(page, 'key', 'receipts'));
    expect(await text(page, '#panel .places summary')).toBe('in 40 environments');
    expect(await count(page, '#panel .places li')).toBe(40);
    expect(await text(page, '#panel .places li')).toBe('dev3-eu-west-1 (account 111111111114, eu-west-1)');
    expect(await text(page, '#panel')).toContain('arn:aws:iam::${account}:role/KeyAdmin');
    expect(page.complaints).toEqual([]);
  });

  it('finds an environment by its name, and groups by account', async () => {
    const page = await open('fleet');
    await page.click('#text');
    await page.type('prod1-us');
    expect(await text(page, '#counts')).toMatch(/^2 keys, 2 principals/);
    await page.click(await row(page, 'key', 'orders'));
    expect(await text(page, '#panel h2')).toBe('core-prod1-us-east-1.orders');
    expect(await text(page, '#panel')).toContain('arn:aws:iam::111111111112:role/Reader');
    await page.evaluate("document.querySelector('#filters').reset()");
    await page.evaluate('new Promise((done) => setTimeout(done, 20))');
    await page.click('#by [value="account"]');
    const titles = await page.evaluate(
      "[...document.querySelectorAll('.cluster title')].map((title) => title.textContent)",
    );
    expect(titles).toEqual(
      expect.arrayContaining(['account 111111111111 and 2 alike', 'account 111111111121 and 16 alike']),
    );
    expect(await text(page, '#counts')).toMatch(/^80 keys, 23 principals/);
    expect(page.complaints).toEqual([]);
  });

  it('has a matrix that works with a screen reader and without a mouse', async () => {
    const page = await open('fleet');
    await page.click('#as [value="matrix"]');
    expect(await page.evaluate("document.querySelector('#picture').getBoundingClientRect().height")).toBe(0);
    const table = () =>
      page.evaluate(
        "[...document.querySelectorAll('#matrix tbody tr:not(.band)')].map((row) => [...row.children].map((cell) => cell.textContent).join(' ').trim())",
      );
    expect(await table()).toEqual(['KeyAdmin A A', 'Reader  D']);
    expect(
      await page.evaluate("[...document.querySelectorAll('#matrix th[scope=col]')].map((cell) => cell.textContent)"),
    ).toEqual(['orders and 1 alike', 'orders in 6 environments (prod*)']);

    // The tab key stops only at this cell of the table. Arrow keys move on from there.
    expect(await count(page, '#matrix [tabindex="0"]')).toBe(1);
    await page.evaluate('document.querySelector(\'#matrix [tabindex="0"]\').focus()');
    const focused = () =>
      page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');
    expect(await focused()).toBe('KeyAdmin');
    for (const [key, label] of [
      ['ArrowRight', 'KeyAdmin, orders and 1 alike: administer, describe (allowed)'],
      ['ArrowRight', 'KeyAdmin, orders (in 6 environments (prod*)): administer, describe (allowed)'],
      ['ArrowDown', 'Reader, orders (in 6 environments (prod*)): decrypt (allowed)'],
      ['ArrowUp', 'KeyAdmin, orders (in 6 environments (prod*)): administer, describe (allowed)'],
      ['ArrowUp', 'orders in 6 environments (prod*)'],
      ['Home', 'orders and 1 alike'],
    ] as const) {
      await page.press(key);
      expect(await focused()).toBe(label);
    }
    await page.press('Enter');
    expect(
      await page.evaluate("[...document.querySelectorAll('#matrix th[scope=col]')].map((cell) => cell.textContent)"),
    ).toContain('receipts in all 40 environments');

    await page.click('#matrix td.use');
    expect(await text(page, '#panel h2')).toBe('Reader → orders');
    expect(await text(page, '#panel .access')).toContain('core.orders (6 environments)');
    await page.click(header('Reader'));
    expect(await text(page, '#panel h3')).toBe('What it can do');
    expect(await count(page, '#matrix td.chosen')).toBe(1);
    expect(page.complaints).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  it('starts with the matrix on a phone, without horizontal scrolling', async () => {
    const page = await open('fleet', { width: 390, height: 844 });
    expect(await page.evaluate("document.querySelector('#matrix').hidden")).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(
      Number(await page.evaluate("document.querySelector('#matrix').getBoundingClientRect().height")),
    ).toBeGreaterThan(500);
    await page.click('#matrix td.admin');
    expect(await count(page, '#panel:not([hidden])')).toBe(1);
    expect(page.complaints).toEqual([]);
  });

  it('can be moved with the mouse and with keys, and works without a mouse', async () => {
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
    // The last press fits the drawing into the window again, as in the initial view.
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

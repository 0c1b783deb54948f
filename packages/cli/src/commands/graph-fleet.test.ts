/** Tests `graph` with as many deployments as a platform team may have. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

function accountsOf(number: number): readonly string[] {
  return Array.from({ length: number }, (_, index) => String(100_000_000_001 + index));
}

/** A stack of eight keys in three regions of each account; `grant` is added to each key. */
function fleet(accounts: readonly string[], grant: string): string {
  const environments = accounts.flatMap((account) =>
    ['eu-west-1', 'us-east-1', 'ap-southeast-2'].map(
      (region) => `  a${account}-${region}: { account: "${account}", region: ${region} }`,
    ),
  );
  const teams = accounts.map(
    (account, index) => `  team${account}: { role: "arn:aws:iam::${account}:role/Team${index}", mutable: false }`,
  );
  const keys = Array.from(
    { length: 8 },
    (_, index) => `      key${index}:
        aliases: [fleet/key${index}]
        admins: [admin]
        grants: [{ to: reader, can: decrypt }]
${grant}`,
  );
  return `keywright: 1
app: fleet
environments:
${environments.join('\n')}
principals:
  admin: { role: "arn:aws:iam::\${account}:role/KeyAdmin", mutable: false }
  reader: { role: "arn:aws:iam::\${account}:role/Reader", mutable: false }
${grant === '' ? '' : teams.join('\n')}
stacks:
  core:
    environment: [a*]
    keys:
${keys.join('\n')}`;
}

function grantsToTeams(accounts: readonly string[]): string {
  const entries = accounts.map(
    (account) => `          a${account}-*: { grants: [{ to: team${account}, can: encrypt }] }`,
  );
  return `        in:\n${entries.join('\n')}\n`;
}

const many = accountsOf(200);

describe('the graph of many deployments', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keywright-graph-fleet-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function drawingOf(text: string, format: string): Promise<string> {
    writeFileSync(join(folder, 'keywright.yaml'), text);
    const io = fakeIo({ cwd: folder });
    expect(await run(['graph', '--format', format], io)).toBe(0);
    return io.out();
  }

  it.each([
    ['all of them are alike', '', 300_000],
    ['each account has a grant of its own', grantsToTeams(many), 2_000_000],
  ])('is a page of less than 2 MB for 600 deployments if %s', async (_, grant, bytes) => {
    const page = await drawingOf(fleet(many, grant), 'html');
    expect(Buffer.byteLength(page)).toBeLessThan(bytes);
    for (const account of ['100000000001', '100000000200']) expect(page).toContain(`a${account}-us-east-1`);
  });

  it('is a flowchart that fits a screen', async () => {
    const chart = await drawingOf(fleet(accountsOf(20), ''), 'mermaid');
    expect(chart).toContain('subgraph kg2["in all 60 environments"]');
    expect(chart.split('\n').length).toBeLessThan(45);
  });

  it('shows accounts by name', async () => {
    const text = `keywright: 1
app: fleet
accounts:
  audit: { id: "${many[0]}", regions: [eu-west-1] }
  payments: { id: "${many[1]}", regions: [eu-west-1] }
  payments-again: { id: "${many[1]}" }
principals:
  admin: { role: "arn:aws:iam::\${account}:role/KeyAdmin", mutable: false }
stacks:
  core: { environment: [audit, payments], keys: { orders: { admins: [admin] } } }
`;
    const drawing = await drawingOf(text, 'svg');
    for (const name of ['audit', 'payments'])
      expect(drawing).toMatch(new RegExp(`>▾? ?${name} \\(10000000000[12]\\)<`));
    expect(drawing).not.toContain('payments-again');
    expect(drawing).not.toContain('account 1');
    expect(await drawingOf(text, 'html')).toContain(`"${many[1]}":"payments"`);
  });
});

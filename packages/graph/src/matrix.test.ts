import { describe, expect, it } from 'vitest';
import type { AccessData, GraphData, KeyData, PrincipalData } from './data.ts';
import { matrixOf } from './matrix.ts';
import { shownIn } from './shown.ts';
import { capabilityLetters, table } from './table.ts';
import { everything, type View } from './view.ts';

const access: readonly AccessData[] = [
  { can: 'decrypt', certainty: 'allowed', by: [] },
  { can: 'administer', certainty: 'depends', by: [] },
  { can: 'describe', certainty: 'allowed', by: [] },
];

/** Places 0 to 2 are `prod-*`, 3 and 4 are `dev-*`. Each is in its own account. */
const places = ['prod-eu', 'prod-us', 'prod-ap', 'dev-eu', 'dev-us'].map((environment, index) => ({
  environment,
  account: `${111111111111 + index}`,
  region: 'eu-west-1',
}));

function key(name: string, at: number): KeyData {
  return { name, fullName: `core.${name}`, home: 'core', stack: 'core', aliases: [], facts: [], at };
}

function role(name: string, at: number): PrincipalData {
  return { name, fullName: name, kind: 'role', home: 'exists already', stack: 'exists already', facts: [], at };
}

/**
 * Three keys in five environments. The admin has access to all of them; the reader has access to two of them everywhere, and to `logs` in
 * prod only.
 */
function data(more: Partial<GraphData> = {}): GraphData {
  return {
    app: 'demo',
    by: 'key',
    places,
    accountNames: {},
    sets: [
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ],
    keys: [key('orders', 0), key('receipts', 0), key('logs', 0)],
    principals: [role('Admin', 0), role('Reader', 0)],
    access,
    edges: [
      ...[0, 1, 2].map((of) => ({ principal: 0, key: of, access: [1, 2], at: 0, own: true as const })),
      ...[0, 1].map((of) => ({ principal: 1, key: of, access: [0, 2], at: 0, own: true as const })),
      { principal: 1, key: 2, access: [0, 2], at: 1, own: true },
    ],
    statements: [],
    ...more,
  };
}

/** Returns the names of columns, then the rows. */
function asText(of: GraphData, change: Partial<View> = {}): readonly string[] {
  const view = { ...everything(of), ...change };
  const { rows, columns, cells } = matrixOf(shownIn(of, view), view);
  const all = columns.flatMap((band) => band.headers);
  return [
    all.map(({ label, note = '' }) => `${label} ${note}`.trim()).join(' | '),
    ...rows
      .flatMap((band) => band.headers)
      .map((row) => {
        const own = all.map((column) => {
          const cell = cells.get(`${row.id} ${column.id}`);
          return cell === undefined ? '-' : capabilityLetters(cell);
        });
        return `${row.label}: ${own.join(' ')}`;
      }),
  ];
}

describe('the matrix', () => {
  it('has equal rows and columns once, and a separate column for environments in which a key differs', () => {
    expect(asText(data())).toEqual(['orders and 2 alike | logs in dev-eu, dev-us', 'Admin: A? A?', 'Reader: D -']);
  });

  it('shows the contents of an open group', () => {
    const open = new Map([['same:key:core/key#0@0', true]]);
    expect(asText(data(), { open })[0]).toBe(
      'orders in all 5 environments | receipts in all 5 environments | logs in prod-eu, prod-us, prod-ap | logs in dev-eu, dev-us',
    );
  });

  it('can be grouped by account, with equal accounts merged if they do not fit', () => {
    const byAccount = asText(data(), { by: 'account' });
    expect(byAccount).toHaveLength(11);
    expect(byAccount.slice(-2)).toEqual(['Admin: - - - - - A? A?', 'Reader: - - - - - D -']);
    const titles = (limit: number) => {
      const view: View = { ...everything(data()), by: 'account', limit };
      return matrixOf(shownIn(data(), view), view).columns.map(({ title }) => title);
    };
    expect(titles(44)).toHaveLength(5);
    expect(titles(4)).toEqual(['account 111111111111 and 2 alike', 'account 111111111114 and 1 alike']);
  });

  it('keeps keys whole if splitting them by environment gives too many columns, and marks access that only some environments have', () => {
    expect(asText(data(), { limit: 3 })).toEqual(['orders and 1 alike | logs', 'Admin: A? A?', 'Reader: D ~D']);
  });

  it('folds keys and principals that do not fit, and marks access to only some of the folded keys', () => {
    const keys = Array.from({ length: 60 }, (_, index) => key(`key${index}`, 1));
    const edges = keys.map((_, of) => ({ principal: 0, key: of, access: [of % 2], at: 1, own: true as const }));
    expect(asText(data({ keys, edges }))).toEqual(['key0 and 29 alike | key1 and 29 alike', 'Admin: D A?']);
    const principals = Array.from({ length: 60 }, (_, index) => role(`Role${index}`, 1));
    const each = keys.map((_, of) => ({ principal: of, key: of, access: [0], at: 1, own: true as const }));
    const folded = asText(data({ keys, principals, edges: each }));
    expect(folded.slice(0, 3)).toEqual(['60 keys', 'Role0: ~D', 'Role1: ~D']);
    expect(folded).toHaveLength(61);
  });

  it('contains only the keys and principals that the filters select', () => {
    expect(asText(data(), { text: 'dev-us' })).toEqual(['orders and 1 alike | logs', 'Admin: A? A?', 'Reader: D -']);
    expect(asText(data(), { can: 'administer' })).toEqual(['orders and 2 alike', 'Admin: A?']);
    expect(asText(data(), { account: '111111111111', text: 'reader' })).toEqual(['orders and 2 alike', 'Reader: D']);
    expect(asText(data(), { text: 'nothing like that' })).toEqual(['']);
  });

  it('is a table with headers, in which names are text', () => {
    const of = data({ keys: [key('<b>"orders"', 0)], edges: data().edges.slice(0, 1) });
    const markup = table(matrixOf(shownIn(of, everything(of)), everything(of)));
    expect(markup).not.toContain('<b>');
    expect(markup).toContain('scope="col"');
    expect(markup).toContain('scope="row"');
    expect(markup).toContain(
      'aria-label="Admin, &lt;b&gt;&quot;orders&quot;: describe (allowed); administer (depends)"',
    );
  });
});

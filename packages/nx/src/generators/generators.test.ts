import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FsTree, flushChanges } from 'nx/src/generators/tree';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import addKey, { type AddKeyOptions } from './add-key.ts';
import init from './init.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'keywright-nx-generate-'));
  mkdirSync(join(workspace, 'node_modules'));
  symlinkSync(join(import.meta.dirname, '../../../cli'), join(workspace, 'node_modules/keywright'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function treeOf(files: Readonly<Record<string, string>>): FsTree {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return new FsTree(workspace, false);
}

describe('init', () => {
  it('adds the plugin to nx.json once', () => {
    const tree = treeOf({ 'nx.json': '{ "defaultBase": "main", "plugins": ["@nx/js"] }' });
    init(tree, {});
    init(tree, {});
    expect(JSON.parse(tree.read('nx.json', 'utf8') ?? '')).toEqual({
      defaultBase: 'main',
      plugins: ['@nx/js', '@keywright/nx'],
    });
  });

  it('does not change an entry with options', () => {
    const nxJson = '{ "plugins": [{ "plugin": "@keywright/nx", "exclude": ["examples/**"] }] }';
    const tree = treeOf({ 'nx.json': nxJson });
    init(tree, {});
    expect(tree.listChanges()).toEqual([]);
  });

  it('creates a project with an app named after its folder, to which a key can be added', () => {
    const tree = treeOf({ 'nx.json': '{}' });
    init(tree, { directory: './teams/orders/' });
    expect(tree.read('teams/orders/keywright.yaml', 'utf8')).toMatch(/^app: orders$/m);
    expect(JSON.parse(tree.read('teams/orders/keywright.schema.json', 'utf8') ?? '')).toHaveProperty('$defs');
    flushChanges(workspace, tree.listChanges());
    addKey(tree, { project: 'teams/orders', name: 'invoices', standard: 'sensitive' });
    expect(tree.read('teams/orders/keywright.yaml', 'utf8')).toContain(
      '      invoices:\n        standard: sensitive\n',
    );
  });

  it.each([
    ['a', 'a/keywright.yaml exists already'],
    ['../b', '../b is not in this workspace'],
    ['/b', '/b is not in this workspace'],
  ])('creates no project in %s', (directory, problem) => {
    const tree = treeOf({ 'nx.json': '{}', 'a/keywright.yaml': '' });
    expect(() => init(tree, { directory })).toThrow(problem);
  });

  it('reports that the command is not installed', () => {
    rmSync(join(workspace, 'node_modules/keywright'));
    expect(() => init(treeOf({}), { directory: 'a' })).toThrow('npm install --save-dev keywright');
  });
});

describe('add-key', () => {
  const added = (yaml: string, options: Partial<AddKeyOptions> = {}, more: Readonly<Record<string, string>> = {}) => {
    const tree = treeOf({ 'keys/keywright.yaml': yaml, ...more });
    addKey(tree, { project: 'keys', name: 'bills', ...options });
    return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));
  };
  const header = 'keywright: 1\napp: demo\n';

  it('adds a key after the others, and keeps every comment', () => {
    const before = `${header}stacks:
  s:
    # The keys of orders.
    keys:
      # The first.
      orders:
        rotation: true # always
      # The last.
      receipts: { rotation: true } # too
    # What others see.
    outputs:
      arn: \${keys.orders.arn}
`;
    const options = { description: 'Encrypts bills: all', alias: 'bills/all' };
    expect(added(before, options)['keys/keywright.yaml']).toBe(
      before.replace(
        '# too\n',
        '# too\n      bills:\n        description: "Encrypts bills: all"\n        rotation: true\n        aliases: [bills/all]\n',
      ),
    );
  });

  it.each([
    [
      'a mapping on one line',
      'stacks: { s: { keys: { a: { rotation: true } } } }\n',
      'keys: { bills: { rotation: true }, a: { rotation: true } }',
    ],
    ['an empty mapping', 'stacks: { s: { keys: {} } }\n', 'keys: { bills: { rotation: true } }'],
    [
      'a stack without keys',
      'stacks:\n  s:\n    targets: [cfn]\n',
      '    targets: [cfn]\n    keys:\n      bills:\n        rotation: true\n',
    ],
    ['an empty stack', 'stacks: { s: {} }\n', 's: { keys: { bills: { rotation: true } } }'],
    [
      'a file without a final line end',
      'stacks:\n  s:\n    keys:\n      a: { rotation: true }',
      'true }\n      bills:\n        rotation: true\n',
    ],
    [
      'a file with Windows line ends',
      'stacks:\r\n  s:\r\n    keys:\r\n      a: { rotation: true }\r\n',
      'true }\r\n      bills:\r\n        rotation: true\r\n',
    ],
    [
      'keys that end in text of several lines',
      'stacks:\n  s:\n    keys:\n      a:\n        rotation: true\n        description: >\n          one\n\n          two\n\nrules: {}\n',
      '          two\n      bills:\n        rotation: true\n\nrules: {}\n',
    ],
    [
      'keys that end in braces over several lines',
      'stacks:\n  s:\n    keys:\n      a: {\n        rotation: true\n        }\n',
      '        }\n      bills:\n        rotation: true\n',
    ],
  ])('adds a key to %s', (_, yaml, result) => {
    expect(added(header + yaml)['keys/keywright.yaml']).toContain(result);
  });

  it('adds a key to the file that defines the stack', () => {
    const yaml = `${header}include: [teams/*.yaml]\nstandards: { strict: { rotation: true } }\n`;
    const files = {
      'keys/teams/a.yaml': 'stacks: { a: { keys: {} } }\n',
      'keys/teams/b.yaml': 'stacks: { b: { keys: {} } }\n',
    };
    expect(added(yaml, { stack: 'b', standard: 'strict' }, files)).toEqual({
      'keys/teams/b.yaml': 'stacks: { b: { keys: { bills: { standard: strict } } } }\n',
    });
  });

  it.each<[string, string, Partial<AddKeyOptions>, string | RegExp]>([
    ['a missing folder', '', { project: 'gone' }, 'there is no gone/keywright.yaml'],
    ['a project without stacks', header, {}, 'keys has no stack'],
    [
      'a project in which a stack is not valid',
      `${header}stacks: { a: { tagets: [cfn] }, b: {} }\n`,
      {},
      'keys is not valid: see nx run keys:check',
    ],
    [
      'several stacks to choose from',
      `${header}stacks: { a: {}, b: {} }\n`,
      {},
      'give one of its stacks with --stack: a, b',
    ],
    [
      'an unknown stack',
      `${header}stacks: { orders: {} }\n`,
      { stack: 'order' },
      'no stack order; did you mean `orders`?',
    ],
    ['a name that is taken', `${header}stacks: { s: { keys: { bills: {} } } }\n`, {}, '`bills`'],
    ['an invalid name', `${header}stacks: { s: {} }\n`, { name: '1st' }, 'starts with a letter'],
    ['an unknown standard', `${header}stacks: { s: {} }\n`, { standard: 'gone' }, 'gone'],
    ['an alias that is taken', `${header}stacks: { s: { keys: { a: { aliases: [x] } } } }\n`, { alias: 'x' }, 'x'],
    [
      'keys that are an alias of the keys of another stack',
      `${header}stacks: { a: { keys: &k { o: {} } }, b: { keys: *k } }\n`,
      { stack: 'b' },
      'add it by hand',
    ],
  ])('refuses, and changes nothing: %s', (_, yaml, options, problem) => {
    const tree = treeOf({ 'keys/keywright.yaml': yaml });
    expect(() => addKey(tree, { project: 'keys', name: 'bills', ...options })).toThrow(problem);
    expect(tree.listChanges()).toEqual([]);
  });
});

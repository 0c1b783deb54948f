import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';
import { version } from '../version.ts';
import { schemaText } from './schema.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-upgrade-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
};
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const earlier = (text: string) => JSON.stringify({ ...JSON.parse(text), title: 'earlier' });
const nothing = `nothing to do: the files are in language 1, the latest, and their schemas are those of Keywright ${version()}\n`;

it('upgrade changes nothing that init has just written', async () => {
  await keywright('init');
  const before = read('keywright.yaml');
  expect(await keywright('upgrade')).toEqual({ code: 0, out: nothing, err: '' });
  expect(read('keywright.yaml')).toBe(before);
});

it('upgrade treats a schema as current if Git has only changed its line ends', async () => {
  write('keywright.yaml', 'keywright: 1\r\napp: a\r\n');
  write('keywright.schema.json', schemaText('project').replaceAll('\n', '\r\n'));
  expect(await keywright('upgrade', '--check')).toEqual({ code: 0, out: nothing, err: '' });
});

it('upgrade updates the schemas of this version wherever a file of the project names them', async () => {
  write(
    'p/keywright.yaml',
    '# yaml-language-server: $schema=./keywright.schema.json\nkeywright: 1\napp: a\ninclude: [teams/*.yaml]\n',
  );
  write(
    'p/teams/one.yaml',
    '# yaml-language-server: $schema=../schemas/for-teams.json\nstacks: { s: { keys: { orders: { rotation: true } } } }\n',
  );
  write('p/keywright.schema.json', earlier(schemaText('project')));
  write('p/schemas/for-teams.json', earlier(schemaText('included')));
  write('p/trusted.schema.json', earlier(schemaText('trusted')));
  const files = ['p/keywright.schema.json', 'p/schemas/for-teams.json', 'p/trusted.schema.json'];
  const said = (does: string) =>
    `${files.map((file) => `${does} ${file}\n`).join('')}the files are in language 1, the latest, and stay as they are\n`;

  expect(await keywright('upgrade', 'p', '--check')).toEqual({ code: 1, out: said('would write'), err: '' });
  expect(read('p/keywright.schema.json')).toBe(earlier(schemaText('project')));
  expect(await keywright('upgrade', 'p')).toEqual({ code: 0, out: said('wrote'), err: '' });
  expect(files.map(read)).toEqual([schemaText('project'), schemaText('included'), schemaText('trusted')]);
  expect(await keywright('upgrade', 'p', '--check')).toEqual({ code: 0, out: nothing, err: '' });
});

it('upgrade leaves alone other people’s schemas, files outside the project and files of other kinds', async () => {
  const named = (schema: string) => `# yaml-language-server: $schema=${schema}\nkeywright: 1\napp: a\n`;
  write('outside.json', earlier(schemaText('project')));
  write('p/other.json', '{ "$id": "https://example.com/other.json" }');
  write('p/text.json', 'no JSON');
  for (const schema of [
    '../outside.json',
    './other.json',
    './text.json',
    './gone.json',
    'https://example.com/x.json',
  ]) {
    write('p/keywright.yaml', named(schema));
    expect(await keywright('upgrade', 'p')).toEqual({ code: 0, out: nothing, err: '' });
  }
  expect(read('outside.json')).toBe(earlier(schemaText('project')));
});

it('upgrade leaves alone a project with errors, and a project in a later version of the language', async () => {
  write('keywright.schema.json', earlier(schemaText('project')));
  write('keywright.yaml', 'keywright: 2\napp: a\n');
  const { code, err } = await keywright('upgrade');
  expect(code).toBe(1);
  expect(err).toContain('a later language needs a later Keywright');
  expect(read('keywright.schema.json')).toBe(earlier(schemaText('project')));
  expect((await keywright('upgrade', 'nowhere')).code).toBe(2);
});

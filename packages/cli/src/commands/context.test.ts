import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Context, type ContextEntry, contextFileName, contextKey } from '@keywright/core/context/context';
import { formatContextFile } from '@keywright/core/context/context-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-context-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

function entry(account: string, region: string, alias: string): ContextEntry {
  const keyId = '11111111-2222-3333-4444-555555555555';
  return {
    account,
    region,
    alias,
    keyId,
    arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  };
}

const entries = [
  entry('111122223333', 'eu-west-1', 'alias/shared'),
  entry('111122223333', 'us-east-1', 'alias/shared'),
  entry('444455556666', 'eu-west-1', 'alias/shared-2'),
];
const context: Context = new Map(entries.map((entry) => [contextKey(entry), entry]));
const file = () => join(cwd, contextFileName);
const aliases = async () =>
  (await keywright('context', 'list')).out.split('\n').map((line) => line.split(/ +/).slice(0, 3).join('/'));

describe('context', () => {
  beforeEach(() => writeFileSync(file(), formatContextFile(context)));

  it('list prints a line for each entry, in order', async () => {
    expect((await keywright('context', 'list')).out).toBe(
      [
        '111122223333  eu-west-1  alias/shared    11111111-2222-3333-4444-555555555555',
        '111122223333  us-east-1  alias/shared    11111111-2222-3333-4444-555555555555',
        '444455556666  eu-west-1  alias/shared-2  11111111-2222-3333-4444-555555555555\n',
      ].join('\n'),
    );
    expect(JSON.parse((await keywright('context', 'list', '--format', 'json')).out)).toEqual(entries);
  });

  it.each([
    ['alias/shared', ['444455556666/eu-west-1/alias/shared-2', '']],
    ['alias/shared*', ['']],
    ['111122223333/*', ['444455556666/eu-west-1/alias/shared-2', '']],
    ['*', ['']],
    ['1*2*3/**/alias/sh*d', ['444455556666/eu-west-1/alias/shared-2', '']],
    ['*-2', ['111122223333/eu-west-1/alias/shared', '111122223333/us-east-1/alias/shared', '']],
    ['*/us-east-1/*', ['111122223333/eu-west-1/alias/shared', '444455556666/eu-west-1/alias/shared-2', '']],
  ])('evict %s leaves the rest', async (pattern, left) => {
    expect((await keywright('context', 'evict', pattern)).code).toBe(0);
    expect(await aliases()).toEqual(left);
  });

  it.each([
    'alias/shred',
    'shared',
    'alias.shared',
    '',
    'alias/share?',
    'alias/(shared|x)',
    '.*',
    '[a-z]*',
    // The parts of a pattern must not overlap in the alias.
    'alias/shared*shared-2*',
    'alias/shared-2*-2',
  ])('evict %j fails, since it matches nothing', async (pattern) => {
    const before = readFileSync(file(), 'utf8');
    expect((await keywright('context', 'evict', pattern)).code).toBe(1);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('list escapes characters that control a terminal', async () => {
    const odd = entry('111122223333', 'eu-west-1', 'alias/\u202e[31m');
    writeFileSync(file(), formatContextFile(new Map([[contextKey(odd), odd]])));
    expect((await keywright('context', 'list')).out).toContain('alias/\\u{202e}[31m');
    const json = (await keywright('context', 'list', '--format', 'json')).out;
    expect(json).toContain('"alias/\\u202e[31m"');
    expect(JSON.parse(json)).toEqual([odd]);
    expect((await keywright('context', 'evict', 'none\u202e')).err).toContain('no entry matches "none\\u202e"');
    expect((await keywright('context', 'evict', '*\u202e*')).out).toContain(
      '- 111122223333/eu-west-1/alias/\\u{202e}[31m',
    );
  });

  it('evict is fast for a pattern with many *', async () => {
    const long = entry('111122223333', 'eu-west-1', `alias/${'a'.repeat(200)}`);
    writeFileSync(file(), formatContextFile(new Map([[contextKey(long), long]])));
    expect((await keywright('context', 'evict', `${'*a'.repeat(60)}*b`)).code).toBe(1);
    expect((await keywright('context', 'evict', `${'*a'.repeat(60)}*`)).code).toBe(0);
  });

  it('leaves the context file alone if it is not valid', async () => {
    writeFileSync(file(), '{ broken');
    for (const command of [['list'], ['evict', '*']]) {
      const { code, out, err } = await keywright('context', ...command);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(contextFileName);
    }
    expect(readFileSync(file(), 'utf8')).toBe('{ broken');
  });
});

describe('without a context file', () => {
  it('list prints no entries, and says so', async () => {
    expect(await keywright('context', 'list')).toEqual({ code: 0, out: '', err: 'there are no entries\n' });
    expect(existsSync(file())).toBe(false);
  });

  it('import needs an existing file', async () => {
    const { code, err } = await keywright('context', 'import', 'cdk.context.json');
    expect(code).toBe(2);
    expect(err).toContain('cannot read cdk.context.json: it does not exist');
  });

  it('import adds the keys of a cdk.context.json', async () => {
    const found = { keyId: '11111111-2222-3333-4444-555555555555' };
    const cdk = { 'key-provider:account=111122223333:aliasName=alias/shared:region=eu-west-1': found };
    writeFileSync(join(cwd, 'cdk.context.json'), JSON.stringify(cdk));
    const { code, out } = await keywright('context', 'import', 'cdk.context.json');
    expect({ code, out }).toEqual({ code: 0, out: '+ 111122223333/eu-west-1/alias/shared\n1 imported\n' });
    expect(await aliases()).toEqual(['111122223333/eu-west-1/alias/shared', '']);
    expect((await keywright('context', 'import', 'cdk.context.json')).out).toBe('0 imported, 1 known already\n');
    expect(readdirSync(cwd).sort()).toEqual(['cdk.context.json', contextFileName]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextFileName, dummyKeyId } from '@keywright/core/context/context';
import { parseContextFile } from '@keywright/core/context/context-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-import-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keyId = '11111111-2222-3333-4444-555555555555';
const name = (alias: string) => `key-provider:account=111122223333:aliasName=${alias}:region=eu-west-1`;

async function importing(cdk: unknown) {
  writeFileSync(join(cwd, 'cdk.context.json'), typeof cdk === 'string' ? cdk : JSON.stringify(cdk, undefined, 2));
  return runIn(cwd, ['context', 'import', 'cdk.context.json']);
}
const written = () => {
  const { context = new Map(), diagnostics } = parseContextFile({
    path: contextFileName,
    text: readFileSync(join(cwd, contextFileName), 'utf8'),
  });
  expect(diagnostics).toEqual([]);
  return Object.fromEntries([...context.values()].map(({ alias, keyId }) => [alias, keyId]));
};

describe('context import', () => {
  it('reports on stderr entries imported with assumptions, and a value that is no entry', async () => {
    const { code, out, err } = await importing({
      [name('alias/a')]: { keyId },
      [name('alias/b')]: {},
      [name('alias/dummy')]: { keyId: dummyKeyId },
    });
    expect(code).toBe(0);
    expect(out).toBe('+ 111122223333/eu-west-1/alias/a\n+ 111122223333/eu-west-1/alias/dummy\n2 imported\n');
    for (const problem of ['note[KW5140]', 'warning[KW5141]', 'warning[KW5011]']) expect(err).toContain(problem);
    expect(written()).toEqual({ 'alias/a': keyId, 'alias/dummy': dummyKeyId });
  });

  it('keeps known entries, since a lookup knows more than the CDK', async () => {
    await importing({ [name('alias/a')]: { keyId } });
    const { out } = await importing({ [name('alias/a')]: { keyId: 'another' }, [name('alias/b')]: { keyId } });
    expect(out).toBe('+ 111122223333/eu-west-1/alias/b\n1 imported, 1 known already\n');
    expect(written()).toEqual({ 'alias/a': keyId, 'alias/b': keyId });
  });

  it('neither imports nor prints characters that control a terminal', async () => {
    const { out, err } = await importing({ [name('alias/\u001b[31m\u202e')]: { keyId } });
    expect(out).toBe('0 imported\n');
    expect(err).toContain('alias/\\u{1b}[31m\\u{202e}');
    for (const obeyed of ['\u001b', '\u202e']) expect(`${out}${err}`).not.toContain(obeyed);
  });

  it.each(['[]', '{', ''])('writes nothing if the file is %j', async (cdk) => {
    const { code, out, err } = await importing(cdk);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('cdk.context.json');
    expect(existsSync(join(cwd, contextFileName))).toBe(false);
  });

  it('writes nothing if the existing context file is not valid', async () => {
    writeFileSync(join(cwd, contextFileName), '{ broken');
    const { code, err } = await importing({ [name('alias/a')]: { keyId } });
    expect(code).toBe(1);
    expect(err).toContain(contextFileName);
    expect(readFileSync(join(cwd, contextFileName), 'utf8')).toBe('{ broken');
  });
});

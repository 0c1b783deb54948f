import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContextEntry, contextFileName, contextKey } from '@keywright/core/context/context';
import { formatContextFile } from '@keywright/core/context/context-file';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runIn } from '../testing/run-in.ts';

const { resolveLookups } = vi.hoisted(() => ({ resolveLookups: vi.fn() }));
// Asking accounts is tested in the lookup package.
vi.mock('@keywright/lookup/resolve', () => ({ resolveLookups }));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-lookup-'));
  writeFileSync(
    join(cwd, 'keywright.yaml'),
    `keywright: 1
app: payments
environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  security:
    environment: prod
    imports:
      shared: { lookup: { alias: alias/shared } }
`,
  );
  resolveLookups.mockReset();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const entry: ContextEntry = {
  account: '111122223333',
  region: 'eu-west-1',
  alias: 'alias/shared',
  keyId: '11111111-2222-3333-4444-555555555555',
  arn: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  manager: 'CUSTOMER',
  multiRegion: false,
};
const context = new Map([[contextKey(entry), entry]]);
const problem = { code: 'KW5001', severity: 'error', message: 'refused', related: [], help: '' } as const;
const nothing = { context: new Map(), diagnostics: [], unreachable: false, changes: [] };
const added = { ...nothing, context, changes: [{ kind: 'added', key: contextKey(entry) }] };

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

const written = () => readFileSync(join(cwd, contextFileName), 'utf8');

describe('lookup', () => {
  it('writes and reports the results', async () => {
    resolveLookups.mockResolvedValue(added);
    expect(await keywright('lookup')).toEqual({
      code: 0,
      out: '+ 111122223333/eu-west-1/alias/shared\nno problems\n',
      err: '',
    });
    expect(written()).toBe(formatContextFile(context));
  });

  it.each([
    [[], 'missing'],
    [['--refresh'], 'refresh'],
    [['--check'], 'check'],
  ])('with %j asks in mode %s', async (options, mode) => {
    resolveLookups.mockResolvedValue(nothing);
    await keywright('lookup', ...options);
    expect(resolveLookups).toHaveBeenCalledWith(expect.objectContaining({ mode, signal: expect.any(AbortSignal) }));
  });

  it('writes the answers of one account if another account is unreachable, and exits with 3', async () => {
    resolveLookups.mockResolvedValue({ ...added, diagnostics: [problem], unreachable: true });
    const { code, out } = await keywright('lookup');
    expect(code).toBe(3);
    expect(out).toContain('error[KW5001]: refused');
    expect(written()).toBe(formatContextFile(context));
  });

  it('exits with 1 if an alias is the problem', async () => {
    resolveLookups.mockResolvedValue({ ...nothing, diagnostics: [problem] });
    expect((await keywright('lookup')).code).toBe(1);
  });

  it('with --check writes nothing', async () => {
    resolveLookups.mockResolvedValue({ ...added, diagnostics: [problem] });
    expect((await keywright('lookup', '--check')).code).toBe(1);
    expect(existsSync(join(cwd, contextFileName))).toBe(false);
  });

  it('reports no changes that it cannot write', async () => {
    resolveLookups.mockImplementation(async () => {
      // While accounts are being asked, a folder appears at the path of the file.
      mkdirSync(join(cwd, contextFileName));
      return added;
    });
    const { code, out } = await keywright('lookup');
    expect(code).toBe(1);
    expect(out).not.toContain('+ ');
    expect(out).toContain('error[KW6006]: cannot write keywright.context.json: it is a folder');
  });

  it('asks no account if the project or the context file is not valid', async () => {
    const project = readFileSync(join(cwd, 'keywright.yaml'), 'utf8');
    writeFileSync(join(cwd, 'keywright.yaml'), `${project}      wrong: { lokup: { alias: alias/wrong } }\n`);
    const partlyValid = await keywright('lookup');
    expect(partlyValid.code).toBe(1);
    expect(partlyValid.out).toContain('keywright.yaml:10');
    expect(partlyValid.out).not.toContain('keywright.yaml:9');
    writeFileSync(join(cwd, 'keywright.yaml'), 'a: [');
    expect((await keywright('lookup')).code).toBe(1);
    rmSync(join(cwd, 'keywright.yaml'));
    expect((await keywright('lookup')).code).toBe(1);
    expect(resolveLookups).not.toHaveBeenCalled();
  });

  it('leaves a context file alone if it is not valid', async () => {
    writeFileSync(join(cwd, contextFileName), '{ broken');
    expect((await keywright('lookup', '--refresh')).code).toBe(1);
    expect(resolveLookups).not.toHaveBeenCalled();
    expect(written()).toBe('{ broken');
  });

  const other: ContextEntry = {
    ...entry,
    alias: 'alias/other',
    keyId: '22222222-2222-3333-4444-555555555555',
    arn: 'arn:aws:kms:eu-west-1:111122223333:key/22222222-2222-3333-4444-555555555555',
  };

  it.each([
    ['KW5001', [{ ...entry, region: 'us-east-1' }, other]],
    ['KW5002', [entry, { ...entry, keyId: other.keyId, arn: other.arn }, other]],
  ])('asks again for entries with %s, and leaves them out if there is no answer', async (code, aliases) => {
    writeFileSync(join(cwd, contextFileName), JSON.stringify({ version: 1, aliases }));
    const before = written();
    const check = await keywright('lookup', '--check');
    expect(check.code).toBe(1);
    expect(check.out).toContain(`error[${code}]`);
    expect((await keywright('check')).out).toContain(`error[${code}]`);
    expect(written()).toBe(before);
    expect(resolveLookups).not.toHaveBeenCalled();

    resolveLookups.mockImplementation(async ({ context: given }) => ({ ...nothing, context: given }));
    await keywright('lookup');
    expect(written()).toBe(formatContextFile(new Map([[contextKey(other), other]])));
  });

  it.each(['{ broken', '{ "version": 1, "aliases": [{}] }', '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n'])(
    'does not say that an alias was never looked up if the context file is %j',
    async (text) => {
      writeFileSync(join(cwd, contextFileName), text);
      const { out } = await keywright('check');
      expect(out).toContain('--> keywright.context.json');
      expect(out).not.toContain('KW5010');
    },
  );
});

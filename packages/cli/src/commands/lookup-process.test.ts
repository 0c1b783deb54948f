import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type ContextEntry, contextFileName, contextKey } from '@keywright/core/context/context';
import { formatContextFile } from '@keywright/core/context/context-file';
import {
  type AwsServer,
  identityAnswer,
  keyAnswer,
  kmsError,
  type Reply,
  type ServerCall,
  startAwsServer,
} from '@keywright/lookup/aws-server.test-support';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// These tests run the built command as users run it. `npm test` builds first; without a build, they are skipped.
const bin = fileURLToPath(new URL('../../bin/keywright.js', import.meta.url));
const isBuilt = existsSync(fileURLToPath(new URL('../../dist/main.js', import.meta.url)));

const account = '111122223333';
const project = `keywright: 1
app: payments
environments:
  eu: { account: "${account}", region: eu-west-1 }
  us: { account: "${account}", region: us-east-1 }
stacks:
  here:
    environment: eu
    imports:
      shared: { lookup: { alias: alias/shared } }
  there:
    environment: us
    imports:
      shared: { lookup: { alias: alias/shared } }
`;

let cwd: string;
let server: AwsServer;
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-lookup-'));
  writeFileSync(join(cwd, 'keywright.yaml'), project);
  server = await startAwsServer();
});
afterEach(async () => {
  rmSync(cwd, { recursive: true, force: true });
  await server.close();
});

/** Runs the command with credentials for the server, isolated from the configuration of this machine. */
function start(...argv: readonly string[]) {
  return startAs([process.execPath, bin, ...argv]);
}

function startAs([command = '', ...argv]: readonly string[]) {
  const child = spawn(command, argv, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      AWS_CONFIG_FILE: join(cwd, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  });
  const exited = once(child, 'exit');
  const ended = Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return {
    interrupt: () => child.kill('SIGINT'),
    exited,
    ended: ended.then(([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr })),
  };
}

const entry = (region: string, keyId: string): ContextEntry => ({
  account,
  region,
  alias: 'alias/shared',
  keyId,
  arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  manager: 'CUSTOMER',
  multiRegion: false,
});
const fileWith = (...entries: readonly ContextEntry[]) =>
  formatContextFile(new Map(entries.map((entry) => [contextKey(entry), entry])));
const written = () => readFileSync(join(cwd, contextFileName), 'utf8');

/** Answers as an account with a key in each region. `other` can give a different reply to a call. */
function answering(other: (call: ServerCall) => Reply | undefined) {
  return (call: ServerCall): Reply => {
    if (call.action === 'sts:GetCallerIdentity') return identityAnswer(account);
    return other(call) ?? keyAnswer(account, call.region, `key-${call.region}`);
  };
}

describe.skipIf(!isBuilt)('the lookup process', () => {
  it('writes the results, with nothing on stderr, not even a warning of the SDK about Node', async () => {
    server.answer = answering(() => undefined);
    expect(await start('lookup').ended).toEqual({
      code: 0,
      signal: null,
      stdout: `+ ${account}/eu-west-1/alias/shared\n+ ${account}/us-east-1/alias/shared\nno problems\n`,
      stderr: '',
    });
    expect(written()).toBe(fileWith(entry('eu-west-1', 'key-eu-west-1'), entry('us-east-1', 'key-us-east-1')));
    expect(readdirSync(cwd).sort()).toEqual([contextFileName, 'keywright.yaml']);
  });

  it('exits with 3 if a region refuses, and keeps the answers of the other region', async () => {
    server.answer = answering(({ region }) =>
      region === 'us-east-1' ? kmsError(400, 'AccessDeniedException', 'no policy allows it') : undefined,
    );
    const { code, stdout, stderr } = await start('lookup').ended;
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toContain('error[KW5106]');
    expect(written()).toBe(fileWith(entry('eu-west-1', 'key-eu-west-1')));
  });

  it('exits with 1 if --check finds a difference, and changes nothing', async () => {
    const before = fileWith(entry('eu-west-1', 'key-old'), entry('us-east-1', 'key-us-east-1'));
    writeFileSync(join(cwd, contextFileName), before);
    server.answer = answering(() => undefined);
    const { code, stdout } = await start('lookup', '--check').ended;
    expect(code).toBe(1);
    expect(stdout).toContain('keyId is key-eu-west-1, not key-old');
    expect(written()).toBe(before);
  });

  it.skipIf(process.platform === 'win32')('leaves the old file if there is no room for the new one', async () => {
    const others = Array.from({ length: 200 }, (_, index) => ({
      ...entry('sa-east-1', 'key-other'),
      alias: `alias/unasked-${index}`,
    }));
    const before = fileWith(...others);
    writeFileSync(join(cwd, contextFileName), before);
    server.answer = answering(() => undefined);
    // A limit on file sizes acts like a full disk: the system accepts part of the file and then no more.
    const limited = 'ulimit -f 32; trap "" XFSZ; exec "$@"';
    const { code, stdout } = await startAs(['bash', '-c', limited, 'bash', process.execPath, bin, 'lookup']).ended;
    expect(code).toBe(1);
    expect(stdout).toContain('error[KW6006]');
    expect(written()).toBe(before);
    expect(readdirSync(cwd).sort()).toEqual([contextFileName, 'keywright.yaml']);
  });

  it.each([
    ['is already up to date', fileWith(entry('eu-west-1', 'key-eu-west-1'), entry('us-east-1', 'key-us-east-1'))],
    ['lacks an entry', fileWith(entry('eu-west-1', 'key-eu-west-1'))],
  ])('removes what a killed process has left if the context file %s', async (_, before) => {
    writeFileSync(join(cwd, contextFileName), before);
    mkdirSync(join(cwd, '.keywright-staging-999999999-abc'));
    writeFileSync(join(cwd, '.keywright-staging-999999999-abc/new'), 'half');
    server.answer = answering(() => undefined);
    expect(await start('lookup').ended).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(cwd).sort()).toEqual([contextFileName, 'keywright.yaml']);
  });

  it('exits with 2 for --check together with --refresh', async () => {
    expect(await start('lookup', '--check', '--refresh').ended).toMatchObject({ code: 2, stdout: '' });
    expect(server.calls).toEqual([]);
  });

  /** Sends Ctrl-C as soon as `calls` calls are waiting. Calls for which `silent` is true never get an answer. */
  async function interruptAfter(calls: number, silent: (call: ServerCall) => boolean, ...argv: readonly string[]) {
    let waiting = 0;
    const waited = new Promise<void>((enough) => {
      server.answer = answering((call) => {
        if (!silent(call)) return undefined;
        waiting += 1;
        if (waiting === calls) enough();
        return { kind: 'silence' };
      });
    });
    const running = start('lookup', ...argv);
    await waited;
    running.interrupt();
    return running.ended;
  }

  it('leaves a complete new file with its results when Ctrl-C ends it', async () => {
    const imports = ['shared', 't1', 't2', 't3', 't4', 't5'].map(
      (name) => `      ${name}: { lookup: { alias: alias/${name} } }\n`,
    );
    const [head] = project.split('      shared:');
    writeFileSync(join(cwd, 'keywright.yaml'), head + imports.join(''));
    const other = { ...entry('sa-east-1', 'key-other'), alias: 'alias/unasked' };
    writeFileSync(join(cwd, contextFileName), fileWith(other));

    // At most five requests to a region run at a time. While five of the six aliases wait, the sixth already has its answer.
    const ended = await interruptAfter(5, ({ input }) => input.KeyId !== 'alias/shared');
    expect(ended).toMatchObject({ code: 1, signal: null, stderr: '' });
    expect(ended.stdout).toContain('error[KW5111]: interrupted after 1 of 6 aliases');
    expect(written()).toBe(fileWith(entry('eu-west-1', 'key-eu-west-1'), other));
    expect(readdirSync(cwd).sort()).toEqual([contextFileName, 'keywright.yaml']);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a program that it gave up on', async () => {
    writeFileSync(join(cwd, 'none'), `[profile slow]\ncredential_process = sh -c "touch '${cwd}/asked'; sleep 20"\n`);
    writeFileSync(join(cwd, 'keywright.yaml'), project.replaceAll('region:', 'profile: slow, region:'));
    const running = start('lookup');
    await vi.waitUntil(() => existsSync(join(cwd, 'asked')), { timeout: 10_000 });
    const interrupted = Date.now();
    running.interrupt();
    // The child of the command still holds the test's pipes open, but the command has ended.
    expect(await running.exited).toEqual([1, null]);
    expect(Date.now() - interrupted).toBeLessThan(5_000);
  });

  it('leaves the old file as it was when Ctrl-C ends it before any result', async () => {
    const before = fileWith(entry('eu-west-1', 'key-old'), entry('us-east-1', 'key-old'));
    writeFileSync(join(cwd, contextFileName), before);
    const ended = await interruptAfter(2, () => true, '--refresh');
    expect(ended).toMatchObject({ code: 1, signal: null, stderr: '' });
    expect(ended.stdout).toContain('error[KW5111]: interrupted after 0 of 2 aliases');
    expect(written()).toBe(before);
  });
});

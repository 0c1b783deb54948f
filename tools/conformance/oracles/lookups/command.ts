import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Problem, Seen } from './case.ts';
import { contextFileName } from './entry.ts';

const packageFolder = join(import.meta.dirname, '../../../../packages/cli');
const bin = join(packageFolder, 'bin/keywright.js');

/** Why there is no command; undefined if there is one. */
export function missingCommand(): string | undefined {
  return existsSync(join(packageFolder, 'bundle/main.cjs')) ? undefined : 'packages/cli is not built (npm run build)';
}

/** A folder with a project, and all that the AWS SDK may find. */
export interface Workplace {
  readonly folder: string;
  start(args: readonly string[], options: Options): Running;
  remove(): void;
}

export interface Options {
  /** Variables of the process, beside those that keep this machine out of it. */
  readonly env?: Readonly<Record<string, string>>;
  /** The most that a file may have, in blocks of 512 bytes or of 1024, as the shell counts. */
  readonly largestFile?: number;
}

/** What can be seen of the process itself. */
export type Ended = Pick<Seen, 'ended' | 'problems' | 'stderr' | 'before' | 'after' | 'beside'>;

export interface Running {
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Nothing that is tried here takes a minute. */
const longest = 60_000;

/** Writes a project where `keywright lookup` can run on it. */
export function workplaceOf(project: string, context: string | undefined, awsConfig: string): Workplace {
  const home = mkdtempSync(join(tmpdir(), 'keywright-lookups-'));
  const folder = join(home, 'project');
  mkdirSync(folder);
  writeFileSync(join(home, 'config'), awsConfig);
  writeFileSync(join(folder, 'keywright.yaml'), project);
  if (context !== undefined) writeFileSync(join(folder, contextFileName), context);
  return {
    folder,
    start: (args, options) => start(home, folder, args, options),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function start(home: string, folder: string, args: readonly string[], { env, largestFile }: Options): Running {
  const before = contextIn(folder);
  const node = [process.execPath, bin, 'lookup', '--format', 'json', ...args];
  // A process that ignores this signal is told of a file that is too large by the call that writes it, as of a full disk.
  const [command = '', ...rest] =
    largestFile === undefined
      ? node
      : ['bash', '-c', `ulimit -f ${largestFile}; trap '' XFSZ; exec "$@"`, 'bash', ...node];
  const child = spawn(command, rest, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      AWS_CONFIG_FILE: join(home, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  const tooLong = setTimeout(() => child.kill('SIGKILL'), longest);
  const all = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return {
    signal: (name) => child.kill(name),
    ended: all.then(([[code, signal], stdout, stderr]) => {
      clearTimeout(tooLong);
      return {
        ended: code ?? signal,
        problems: problemsIn(stdout),
        stderr,
        before,
        after: contextIn(folder),
        beside: readdirSync(folder).filter((name) => name !== contextFileName && name !== 'keywright.yaml'),
      };
    }),
  };
}

function contextIn(folder: string): string | undefined {
  const file = join(folder, contextFileName);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

interface Reported {
  readonly code: string;
  readonly message: string;
  readonly span?: { readonly file: string; readonly line: number; readonly column: number };
}

/** What the command reports. What it did not live to say whole, it did not say. */
function problemsIn(stdout: string): readonly Problem[] {
  let diagnostics: readonly Reported[];
  try {
    ({ diagnostics } = JSON.parse(stdout));
  } catch {
    return stdout === '' ? [] : [{ code: 'none', message: `no JSON: ${stdout.slice(0, 200)}` }];
  }
  return diagnostics.map(({ code, message, span }) => ({
    code,
    message,
    ...(span && { at: `${span.file}:${span.line}:${span.column}` }),
  }));
}

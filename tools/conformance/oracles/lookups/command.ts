import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { command } from '../../kit/command.ts';
import type { Problem, Seen } from './case.ts';
import { contextFileName } from './entry.ts';

/** A folder with a project, and with all files that the AWS SDK may find. */
export interface Workplace {
  readonly folder: string;
  start(args: readonly string[], options: Options): Running;
  remove(): void;
}

export interface Options {
  /** Environment variables, in addition to those that isolate the process from this machine. */
  readonly env?: Readonly<Record<string, string>>;
  /** The maximum size of a file, in blocks of 512 or 1024 bytes, depending on the shell. */
  readonly largestFile?: number;
}

type Ended = Pick<Seen, 'ended' | 'problems' | 'stderr' | 'before' | 'after' | 'beside'>;

export interface Running {
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** The time limit for a run, in milliseconds. No run takes that long. */
const longest = 60_000;

/** Writes a project on which `keywright lookup` can run. */
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
  const node = [process.execPath, command, 'lookup', '--format', 'json', ...args];
  // The shell ignores the signal about large files. So the call that writes a file fails once the file is too large, as it does on a full
  // disk.
  const [program = '', ...rest] =
    largestFile === undefined
      ? node
      : ['bash', '-c', `ulimit -f ${largestFile}; trap '' XFSZ; exec "$@"`, 'bash', ...node];
  const child = spawn(program, rest, {
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

/** Returns the problems that the command reports; none if the output is incomplete. */
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

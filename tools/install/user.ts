import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user with one version of Node, npm and an empty home folder. The user sees nothing else of this machine. */
export interface User {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs a program on the PATH in the folder `cwd`. */
  run(cwd: string, program: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
}

/** Returns the versions of Node in the folder of the tests, by major version. A version without a package for this system is missing. */
export function nodes(): ReadonlyMap<string, string> {
  const found = ['20', '22', '24'].map(
    (major) => [major, join(import.meta.dirname, `node_modules/node-${major}/bin/node`)] as const,
  );
  return new Map(found.filter(([, node]) => existsSync(node)));
}

/** Returns the folder of the `npm-cli.js` that is installed on this machine, since the packages with Node contain none. */
function npmFolder(): string {
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/package.json');
  const ours = process.env.npm_execpath;
  if (ours !== undefined && /npm-cli\.js$/.test(ours)) return dirname(ours);
  return join(dirname(createRequire(import.meta.url).resolve(beside)), 'bin');
}

/** Creates a user with a home folder in which `registry` is the only registry. */
export function createUser(home: string, node: string, registry: string): User {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(node, join(bin, 'node'));
  for (const name of ['npm', 'npx'])
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${node}" "${join(npmFolder(), `${name}-cli.js`)}" "$@"\n`, {
      mode: 0o755,
    });
  const { host } = new URL(registry);
  // npm needs a token to publish. The registry does not check it.
  writeFileSync(join(home, '.npmrc'), `registry=${registry}\n//${host}/:_authToken=none\n`);
  const env = {
    HOME: home,
    PATH: [bin, '/usr/bin', '/bin'].join(delimiter),
    NO_COLOR: '1',
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_cache: join(home, '.npm'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return {
    home,
    env,
    run(cwd, program, args, more = {}) {
      const child = spawn(program, args, { cwd, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (text) => (stdout += text));
      child.stderr.on('data', (text) => (stderr += text));
      return new Promise((done, fail) => {
        child.on('error', fail);
        child.on('close', (status) => done({ status, stdout, stderr }));
      });
    },
  };
}

/** Returns the result of a command. Throws unless it succeeded. */
export function succeeded(ended: Ended): Ended {
  if (ended.status !== 0) throw new Error(`ended with ${ended.status}\n${ended.stdout}\n${ended.stderr}`);
  return ended;
}

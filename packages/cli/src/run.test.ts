import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommandLine } from './command-line/command-line.ts';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';
import { runIn } from './testing/run-in.ts';
import { version } from './version.ts';

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-run-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Returns every command with all its words, such as `build` or `context list`. */
function commandsOf(command: Command, words: readonly string[] = []): readonly string[] {
  return command.commands.flatMap((sub) => {
    const own = [...words, sub.name()];
    return [own.join(' '), ...commandsOf(sub, own)];
  });
}
const commands = commandsOf(createCommandLine(fakeIo(), () => {}));

describe('an argument', () => {
  it.each([
    ['build', '--bogus\n::error::gotcha'],
    ['bogus\n::error::gotcha'],
    ['check', 'x\r::error::gotcha', '--format', 'github'],
    ['build', '--format', 'github', '--target', 'x\n::error::gotcha'],
    ['who-can', 'decrypt', 'a\n::error::gotcha'],
  ])('with a line break never starts an annotation: %j', async (...argv) => {
    const { code, out, err } = await keywright(...argv);
    expect(code).toBe(2);
    expect(`${out}${err}`).toContain('gotcha');
    expect(`${out}${err}`).not.toMatch(/[\n\r]\s*::/);
  });
});

describe('help', () => {
  it('lists the commands and the exit codes', async () => {
    const { code, out } = await keywright('--help');
    expect(code).toBe(0);
    for (const command of commands.filter((words) => !words.includes(' '))) {
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
    expect(out).toMatch(/3 {2}an account could not be reached/);
  });

  it.each(commands)('of %s has examples', async (command) => {
    const { code, out } = await keywright(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain(`\nExamples:\n`);
    expect(out).toMatch(new RegExp(`^  .*keywright ${command}`, 'm'));
  });

  it('can be requested with help and with --help', async () => {
    expect((await keywright('help', 'build')).out).toBe((await keywright('build', '--help')).out);
  });

  it('includes the version of the package', async () => {
    expect(await keywright('--version')).toEqual({ code: 0, out: `${version()}\n`, err: '' });
  });

  it('describes every option', () => {
    const all = [createCommandLine(fakeIo(), () => {})];
    for (const command of all) {
      all.push(...command.commands);
      for (const option of command.options) expect(option.description).not.toBe('');
      for (const argument of command.registeredArguments) expect(argument.description).not.toBe('');
    }
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'Usage: keywright'],
    [['biuld'], "error: unknown command 'biuld'\n(Did you mean build?)"],
    [['build', '--tagret', 'cfn'], "error: unknown option '--tagret'\n(Did you mean --target?)"],
    [['check', 'a', 'b'], 'too many arguments'],
    [['check', '--format', 'xml'], "argument 'xml' is invalid. Allowed choices are text, json, sarif, github, junit."],
    [['build', '--target', 'cfn,'], 'Give names separated by commas.'],
    [['build', '--check', '--watch'], "option '--check' cannot be used with option '--watch'"],
    [['build', '--check', '--force'], "option '--check' cannot be used with option '--force'"],
    [['lookup', '--check', '--refresh'], "option '--check' cannot be used with option '--refresh'"],
    [['context', 'lst'], "unknown command 'lst'"],
    [['completion', 'tcsh'], "'tcsh' is invalid for argument 'shell'"],
    [['complete', 'x'], "unknown command 'complete'"],
  ])('%j is reported on stderr with exit code 2', async (argv, message) => {
    const { code, out, err } = await keywright(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe('an argument that cannot be used', () => {
  const evil = '\u001b]0;gone\u0007\u009b2J\u202e';

  it.each([
    [['check', evil]],
    [['build', '--target', evil]],
    [['build', '--out', evil, evil]],
    [['explain', evil]],
    [[evil]],
    [['check', '--format', evil]],
    [['context', 'evict', 'x', evil]],
    [['init', `${evil}/\0`]],
  ])('is shown without control characters: %j', async (argv) => {
    const { code, out, err } = await keywright(...argv);
    expect(code).not.toBe(0);
    expect(`${out}${err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each([
    ['a name that is too long', 'a'.repeat(5000), 'the name is too long'],
    ['a link to itself', 'loop', 'the symbolic links form a loop'],
  ])('is wrong usage: %s', async (_name, path, reason) => {
    symlinkSync('loop', join(cwd, 'loop'));
    const { code, err } = await keywright('check', path);
    expect(code).toBe(2);
    expect(err).toBe(`error: cannot look at "${path}": ${reason}\n`);
  });
});

describe('init', () => {
  it('writes a project and the next steps', async () => {
    const { code, out } = await keywright('init', 'infra/keys');
    expect(code).toBe(0);
    expect(out).toBe(
      'wrote infra/keys/keywright.yaml\nwrote infra/keys/keywright.schema.json\nnext: keywright check infra/keys, then keywright build infra/keys\n',
    );
    expect(readFileSync(join(cwd, 'infra/keys/keywright.yaml'), 'utf8')).toContain('keywright: 1\n');
  });

  it('overwrites nothing', async () => {
    writeFileSync(join(cwd, 'keywright.yaml'), 'mine');
    expect(await keywright('init')).toEqual({
      code: 2,
      out: '',
      err: 'error: keywright.yaml exists already: edit it, or name another folder\n',
    });
    expect(readFileSync(join(cwd, 'keywright.yaml'), 'utf8')).toBe('mine');
  });

  it('writes the schema for editors, unless it exists', async () => {
    await keywright('init', 'new');
    const reference = /yaml-language-server: \$schema=(\S+)/.exec(
      readFileSync(join(cwd, 'new/keywright.yaml'), 'utf8'),
    )?.[1];
    expect(readFileSync(join(cwd, 'new', reference ?? ''), 'utf8')).toBe((await keywright('schema')).out);
    mkdirSync(join(cwd, 'old'));
    writeFileSync(join(cwd, 'old/keywright.schema.json'), 'mine');
    expect((await keywright('init', 'old')).out).toBe(
      'wrote old/keywright.yaml\nnext: keywright check old, then keywright build old\n',
    );
    expect(readFileSync(join(cwd, 'old/keywright.schema.json'), 'utf8')).toBe('mine');
  });
});

it('the schema for included files requires no property, and lacks the sections that only keywright.yaml may have', async () => {
  const [project, included] = [await keywright('schema'), await keywright('schema', '--included')].map(({ out }) =>
    JSON.parse(out),
  );
  expect(project.$id).toMatch(/\/keywright\.schema\.json$/);
  expect(included.$id).toMatch(/\/included\.schema\.json$/);
  expect(project.required).toEqual(['keywright', 'app']);
  expect(included.required).toBeUndefined();
  const ofRoot = ['settings', 'rules', 'requirements', 'accounts', 'groups', 'moved', 'removed', 'targets'];
  const { include: _, ...shared } = Object.fromEntries(
    Object.entries(project.properties).filter(([name]) => !ofRoot.includes(name)),
  );
  expect(included.properties).toMatchObject(shared);
  expect(Object.keys(included.properties).sort()).toEqual([...Object.keys(shared), 'include'].sort());
});

describe('completion', () => {
  const values = async (...words: readonly string[]) => {
    const { code, out } = await keywright('complete', '--', ...words);
    expect(code).toBe(0);
    return out.split('\n').flatMap((line) => line.split('\t')[0] || []);
  };

  it.each([
    [['b'], ['build']],
    [
      ['context', ''],
      ['list', 'evict', 'import'],
    ],
    [
      ['build', '--c'],
      ['--cfn-format', '--check'],
    ],
    [
      ['build', '--cfn-format', ''],
      ['yaml', 'json'],
    ],
    [['build', '-o', ''], []],
    [['check', '--watch', '--format', 's'], ['sarif']],
    [
      ['completion', ' '],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['check', 'exam'], []],
    [['nonsense', 'x'], []],
  ])('of %j offers exactly %j', async (words, offered) => {
    const found = await values(...words);
    expect(found.filter((value) => value !== 'help')).toEqual(offered);
  });

  it.each([
    ['bash', ['bash', '-n']],
    ['zsh', ['zsh', '-n']],
    ['fish', ['fish', '--no-execute']],
  ] as const)('is a script that %s can read, if that shell is installed', async (shell, [command, option]) => {
    const { out } = await keywright('completion', shell);
    const file = join(cwd, `completion.${shell}`);
    writeFileSync(file, out);
    const { error, status, stderr } = spawnSync(command, [option, file], { encoding: 'utf8' });
    if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    else expect(out).toContain('keywright complete -- ');
  });

  it('works in bash', async () => {
    const { out } = await keywright('completion', 'bash');
    const offered = (await keywright('complete', '--', 'con')).out;
    expect(offered).toMatch(/^context\t/);
    const script = `keywright() { [ "$1 $2 $3" = "complete -- con" ] && printf '%s' "$OFFERED"; }
${out}
COMP_WORDS=(keywright con); COMP_CWORD=1; _keywright; echo "\${COMPREPLY[@]}"`;
    const result = execFileSync('bash', ['-c', script], {
      env: { ...process.env, OFFERED: offered },
      encoding: 'utf8',
    });
    expect(result).toBe('context\n');
  });
});

it('an exception is reported as a bug, with a stack trace only on request', async () => {
  const broken = (env: Record<string, string>) =>
    fakeIo({
      cwd,
      env,
      stdout: {
        write() {
          throw new Error('it broke\nbadly');
        },
      },
    });
  const io = broken({});
  expect(await run(['init'], io)).toBe(1);
  expect(io.err()).toBe(
    'this is a defect in Keywright: it broke badly\nplease report it with what KEYWRIGHT_DEBUG=1 prints and, if you can, the project\n',
  );
  rmSync(join(cwd, 'keywright.yaml'));
  const debugging = broken({ KEYWRIGHT_DEBUG: '1' });
  expect(await run(['init'], debugging)).toBe(1);
  expect(debugging.err()).toMatch(/\n +at /);
  expect(existsSync(join(cwd, 'keywright.yaml'))).toBe(true);
});

/** Tests input that is not a project. Each problem must be reported quickly, with its position and without a stack trace. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder: string;
let cwd: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keywright-bad-'));
  cwd = join(folder, 'project');
  mkdirSync(cwd);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = 'keywright: 1\napp: demo\n';

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), content);
}

/** The output of `check` as `KW0010 keywright.yaml:3 …`, one for each diagnostic. */
async function check(content: string | Uint8Array): Promise<readonly string[]> {
  write('keywright.yaml', content);
  const io = fakeIo({ cwd });
  const code = await run(['check', '--format', 'json'], io);
  expect(io.err()).toBe('');
  const report: {
    readonly diagnostics: readonly {
      readonly code: string;
      readonly message: string;
      readonly severity: string;
      readonly span?: { readonly file: string; readonly line: number };
    }[];
  } = JSON.parse(io.out());
  expect(code).toBe(report.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0);
  return report.diagnostics.map(({ code, span, message }) => `${code} ${span?.file}:${span?.line} ${message}`);
}

describe('the file keywright.yaml', () => {
  const utf16 = Buffer.from(`\ufeff${head}`, 'utf16le');
  test.each<readonly [string, string | Uint8Array, string]>([
    ['that is empty', '', 'KW1003 keywright.yaml:1 expected a Keywright project, found nothing'],
    ['of comments only', '# nothing\n\n', 'KW1003 keywright.yaml:1 expected a Keywright project, found nothing'],
    ['in UTF-16', utf16, 'KW0003 undefined:undefined `keywright.yaml` is not UTF-8 text'],
    ['with a NUL', `${head}\0`, 'KW0003 undefined:undefined `keywright.yaml` is not UTF-8 text'],
    [
      'in Latin-1',
      Buffer.from(`${head}# \u00e4\n`, 'latin1'),
      'KW0003 undefined:undefined `keywright.yaml` is not UTF-8 text',
    ],
    ['with a tab', `${head}stacks:\n\tmain: {}\n`, 'KW0010 keywright.yaml:4 a tab is used for indentation'],
    ['of two documents', `${head}---\n${head}`, 'KW0013 keywright.yaml:3 a second YAML document starts here'],
    ['with a YAML key twice', `${head}app: other\n`, 'KW0011 keywright.yaml:3 `app` appears twice in this mapping'],
    [
      'of nothing but opening brackets',
      '['.repeat(100_000),
      'KW0010 keywright.yaml:1 mappings and lists are nested too deeply',
    ],
    ['of nothing but dashes', '- '.repeat(100_000), 'KW0010 keywright.yaml:1 mappings and lists are nested too deeply'],
    [
      'of nothing but question marks',
      '? '.repeat(100_000),
      'KW0010 keywright.yaml:1 mappings and lists are nested too deeply',
    ],
    [
      'of a quotation that is not closed',
      `app: "${' a\n'.repeat(500_000)}`,
      'KW0010 keywright.yaml:1 this `"` is never closed',
    ],
  ])('%s is reported', async (_name, content, problem) => {
    const [first] = await check(content);
    expect(first).toBe(problem);
  });

  test('may have a byte order mark', async () => {
    expect(await check(`\ufeff${head}`)).toEqual([]);
  });

  test('is not read if it is a hundred megabytes long', async () => {
    write('keywright.yaml', '');
    truncateSync(join(cwd, 'keywright.yaml'), 100_000_000);
    const io = fakeIo({ cwd });
    expect(await run(['check'], io)).toBe(1);
    expect(io.out()).toContain('error[KW0004]: `keywright.yaml` is 100000000 bytes long');
  });

  test('may not be a folder', async () => {
    mkdirSync(join(cwd, 'keywright.yaml'));
    const io = fakeIo({ cwd });
    expect(await run(['check'], io)).toBe(1);
    expect(io.out()).toContain('error[KW0002]: `keywright.yaml` is a folder');
  });
});

describe('an include', () => {
  const main = (path: string) => `${head}include: [${JSON.stringify(path)}]\n`;

  test.each<readonly [string, string, () => void, string]>([
    ['of a missing file', 'gone.yaml', () => {}, 'KW0001 keywright.yaml:3 there is no file `gone.yaml`'],
    ['of a folder', 'teams', () => mkdirSync(join(cwd, 'teams')), 'KW0002 keywright.yaml:3 `teams` is a folder'],
    [
      'of an image',
      'a.png',
      () => write('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff])),
      'KW0003 keywright.yaml:3 `a.png` is not UTF-8 text',
    ],
    [
      'of a link that leads out',
      'link.yaml',
      () => symlinkSync('/etc/hostname', join(cwd, 'link.yaml')),
      'KW0005 keywright.yaml:3 `link.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of a link to itself',
      'link.yaml',
      () => symlinkSync('link.yaml', join(cwd, 'link.yaml')),
      'KW0006 keywright.yaml:3 `link.yaml` cannot be read: the symbolic links form a loop',
    ],
    [
      'of a link to a device',
      'zero',
      () => symlinkSync('/dev/zero', join(cwd, 'zero')),
      'KW0005 keywright.yaml:3 `zero` is outside the folder of keywright.yaml',
    ],
    [
      'of a pipe that nobody writes to',
      'pipe',
      () => execFileSync('mkfifo', [join(cwd, 'pipe')]),
      'KW0006 keywright.yaml:3 `pipe` cannot be read: it is a device, a pipe or a socket',
    ],
    [
      'of an absolute path',
      '/etc/hostname',
      () => {},
      'KW0005 keywright.yaml:3 `/etc/hostname` is outside the folder of keywright.yaml',
    ],
    [
      'of a path that leaves the project and returns',
      '../project/keywright.yaml',
      () => {},
      'KW0005 keywright.yaml:3 `../project/keywright.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of the whole disk',
      '../../../../../../**/*.yaml',
      () => {},
      'KW0005 keywright.yaml:3 `../../../../../../**/*.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of all files behind a link',
      'up/**/*.yaml',
      () => symlinkSync('/', join(cwd, 'up')),
      'KW0005 keywright.yaml:3 `up` is outside the folder of keywright.yaml',
    ],
    ['with a name that is too long', 'a'.repeat(5000), () => {}, `KW0006 keywright.yaml:3 \`${'a'.repeat(1997)}`],
    ['with a NUL in its name', 'a\0b', () => {}, 'KW0001 keywright.yaml:3 there is no file `a\0b`'],
    [
      'of a pattern that a long name nearly matches',
      '*a*a*a*a*a*b.yaml',
      () => write(`${'a'.repeat(200)}.yaml`, ''),
      'KW2014 keywright.yaml:3 a part of `*a*a*a*a*a*b.yaml` has more than 3 wildcards',
    ],
    [
      'of a pattern with groups that repeat',
      '+(a|aa)+(a|aa)*b.yaml',
      () => write(`${'a'.repeat(200)}.yaml`, ''),
      'KW2001 keywright.yaml:3 no file matches `+(a|aa)+(a|aa)*b.yaml`',
    ],
  ])('%s is reported', async (_name, path, prepare, problem) => {
    prepare();
    const [first, ...others] = await check(main(path));
    expect(first?.startsWith(problem), first).toBe(true);
    expect(others).toEqual([]);
  });

  test('of the file itself has no effect', async () => {
    expect(await check(main('keywright.yaml'))).toEqual([]);
    write('a.yaml', 'include: [b.yaml]\n');
    write('b.yaml', 'include: [a.yaml, keywright.yaml]\n');
    expect(await check(main('a.yaml'))).toEqual([]);
  });

  test('of a pipe as a policy file does not wait for the pipe', async () => {
    execFileSync('mkfifo', [join(cwd, 'p.json')]);
    expect(await check(`${head}stacks: { a: { keys: { k: { policy: { file: p.json } } } } }\n`)).toEqual([
      'KW0006 keywright.yaml:3 `p.json` cannot be read: it is a device, a pipe or a socket',
    ]);
  });
});

describe('a bomb', () => {
  test.each<readonly [string, string, string]>([
    [
      'of aliases',
      `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]\n`).join('')}`,
      'KW0016',
    ],
    ['of values', `include: [${'a,'.repeat(1_200_000)}]\n`, 'KW0016'],
    [
      'of principals',
      `${head}principals:\n  p0: { account: "111122223333" }\n${Array.from({ length: 60 }, (_, level) => `  p${level + 1}: { anyOf: [p${level}, p${level}] }\n`).join('')}stacks: { a: { keys: { k: { admins: [p60] } } } }\n`,
      'KW3034',
    ],
    [
      'of circular references',
      `${head}principals:\n${Array.from({ length: 12 }, (_, level) => `  p${level}: { anyOf: [p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11] }\n`).join('')}stacks: { a: { keys: { k: { admins: [p0] } } } }\n`,
      'KW2004',
    ],
    [
      'of wildcards',
      `${head}stacks: { a: { keys: { k: { grants: [{ to: { account: "111122223333" }, can: "kms:${'*?'.repeat(20)}Q" }] } } } }\n`,
      'KW3023',
    ],
    ['of placeholders', `${head}stacks: { a: { tags: { t: "${'${'.repeat(300_000)}" } } }\n`, 'KW2012'],
  ])('%s ends in a diagnostic', async (_name, content, code) => {
    const found = await check(content);
    expect(found.length).toBeLessThan(200);
    expect(found.map((problem) => problem.slice(0, 6))).toContain(code);
  });

  test('of problems is cut off after a thousand problems', async () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `      k${index}: { desciption: x }\n`).join('');
    const found = await check(`${head}stacks:\n  main:\n    keys:\n${keys}`);
    expect(found).toHaveLength(1001);
    expect(found.map((problem) => problem.slice(0, 6))).toContain('KW0019');
  });

  test('of an overlong name does not fill the terminal', async () => {
    write('keywright.yaml', `${head}${'a'.repeat(1_000_000)}: 1\n`);
    const io = fakeIo({ cwd });
    expect(await run(['check'], io)).toBe(1);
    expect(io.out().length).toBeLessThan(5000);
  });
});

describe('half a character', () => {
  test.each([
    ['in a value', `${head}stacks: { a: { tags: { t: "x\\ud83d" } } }\n`, 'ud83d'],
    ['in a key', `${head}stacks: { a: { tags: { "\\udc00": x } } }\n`, 'udc00'],
    ['in the wrong order with the other half', `${head}stacks: { a: { tags: { t: "\\ude00\\ud83d" } } }\n`, 'ude00'],
  ])('%s is refused', async (_name, content, half) => {
    expect(await check(content)).toEqual([
      `KW0021 keywright.yaml:3 this text has an unpaired surrogate, \`\\${half}\`, which is half a character`,
    ]);
  });

  test('is refused in a policy file, where whole characters are accepted', async () => {
    const main = `${head}stacks: { a: { keys: { k: { policy: { file: p.json } } } } }\n`;
    const policy = (text: string) =>
      `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Sid": "a", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "${text}"}}}}`;
    write('p.json', policy('\\ud83d'));
    expect((await check(main)).map((problem) => problem.slice(0, 6))).toEqual(['KW0021']);
    write('p.json', policy('\\ud83d\\ude00'));
    expect((await check(main)).filter((problem) => problem.startsWith('KW00'))).toEqual([]);
  });
});

describe('a chain', () => {
  test('of four thousand includes is read to its end', async () => {
    for (let index = 1; index <= 4000; index += 1) write(`c${index}.yaml`, `include: [c${index + 1}.yaml]\n`);
    expect(await check(`${head}include: [c1.yaml]\n`)).toEqual(['KW0001 c4000.yaml:1 there is no file `c4001.yaml`']);
  });

  test('of two thousand standards is refused as too long', async () => {
    const standards = Array.from({ length: 2000 }, (_, index) => `  s${index}: { standard: s${index + 1} }\n`).join('');
    const found = await check(
      `${head}standards:\n${standards}  s2000: {}\nstacks: { a: { keys: { k: { standard: s0 } } } }\n`,
    );
    expect(found[0]).toBe('KW0022 keywright.yaml:103 this is the end of a chain of more than 100 standards');
    expect(found.length).toBeLessThan(2001);
  });
});

test('twelve thousand unknown names among as many known ones are reported', async () => {
  const names = (letter: string, each: (name: string) => string) =>
    Array.from({ length: 12_000 }, (_, index) => each(`${letter}${100_000 + index}`)).join('');
  const content = `${head}standards:\n${names('s', (name) => `  ${name}: {}\n`)}stacks:\n  a:\n    keys:\n${names('k', (name) => `      ${name}: { standard: s9${name.slice(2)} }\n`)}`;
  const found = await check(content);
  expect(found.filter((problem) => problem.startsWith('KW2003'))).toHaveLength(12_000);
});

describe('names', () => {
  test.each(['..', '.', 'a/b', 'a b', '', '-a', '1a', 'a_b', 'ä', 'a\u0000', 'a'.repeat(64)])(
    'a stack cannot be called %j',
    async (name) => {
      const found = await check(`${head}stacks: { ${JSON.stringify(name)}: {} }\n`);
      expect(found.map((problem) => problem.slice(0, 6))).toEqual(['KW1005']);
    },
  );

  test('that Windows reserves for devices are refused before anything is written', async () => {
    write('keywright.yaml', `${head}stacks: { con: { keys: { k: {} } }, aux: { keys: { k: {} } } }\n`);
    const io = fakeIo({ cwd });
    expect(await run(['build', '--target', 'cfn'], io)).toBe(1);
    expect(io.out()).toContain(
      'error[KW6001]: "cfn/con.template.yaml" would not be in the output folder on some systems',
    );
    expect(io.out()).toContain('help: give the stack another name; Windows reserves con, prn, aux, nul');
  });
});

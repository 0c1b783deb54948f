import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-build-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

function write(path: string, text: string): void {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function stack(name: string): string {
  return `  ${name}:\n    keys:\n      orders: { rotation: true, aliases: [${name}-orders] }\n`;
}

function project(...stacks: readonly string[]): string {
  return `keywright: 1\napp: payments\nstacks:\n${stacks.map(stack).join('')}`;
}

function files(): readonly string[] {
  return readdirSync(cwd, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(cwd, join(entry.parentPath, entry.name)))
    .sort();
}

const outputs = (): readonly string[] => files().filter((path) => path !== 'keywright.yaml');
const of = (...parts: readonly string[]) => outputs().filter((path) => parts.some((part) => path.includes(part)));

describe('build into a folder with a forged manifest or a link', () => {
  const listing = (path: string, text: string) =>
    JSON.stringify({
      version: 1,
      files: { [path]: { target: 'cfn', sha256: createHash('sha256').update(text).digest('hex') } },
    });

  it('deletes no source that a manifest lists', async () => {
    const text = project('security');
    write('keywright.yaml', text);
    write('keywright.manifest.json', listing('keywright.yaml', text));
    for (const force of [[], ['--force']]) {
      const { code, out } = await keywright('build', '--out', '.', ...force);
      if (force.length === 0) expect(out).toContain('error[KW6007]');
      expect(code).toBe(force.length === 0 ? 1 : 0);
      expect(readFileSync(join(cwd, 'keywright.yaml'), 'utf8')).toBe(text);
    }
  });

  it.each([[[]], [['--force']], [['--check']]])('deletes no included file that a manifest lists (%j)', async (more) => {
    const included = 'stacks: { other: { keys: { k: {} } } }\n';
    write('keywright.yaml', `${project('security')}include: [cfn/more.yaml]\n`);
    write('cfn/more.yaml', included);
    write('keywright.manifest.json', listing('cfn/more.yaml', included));
    const { code, out } = await keywright('build', '--out', '.', ...more);
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringContaining('error[KW6011]: will not overwrite or delete'),
    });
    expect(files()).toEqual(['cfn/more.yaml', 'keywright.manifest.json', 'keywright.yaml']);
  });

  it.each([[[]], [['--force']]])('neither reads nor replaces a manifest that is a link (%j)', async (more) => {
    write('keywright.yaml', project('security'));
    write('elsewhere.json', '{"version":1,"files":{}}\n');
    mkdirSync(join(cwd, 'out'));
    symlinkSync('../elsewhere.json', join(cwd, 'out/keywright.manifest.json'));
    const { code, out } = await keywright('build', ...more);
    expect(code).toBe(1);
    expect(out).toContain(
      'error[KW6002]: cannot write out/keywright.manifest.json: keywright.manifest.json is a symbolic link',
    );
    expect(files()).toEqual(['elsewhere.json', 'keywright.yaml']);
  });

  it.each([
    ['out', []],
    ['out', ['--force']],
    ['out', ['--out', 'out']],
    ['sub', ['--out', 'sub/deeper']],
  ])('does not follow the link %s out of the project (%j)', async (link, more) => {
    write('p/keywright.yaml', project('security'));
    mkdirSync(join(cwd, 'away'));
    symlinkSync('../away', join(cwd, 'p', link));
    const at = more.map((word) => (word.startsWith('--') ? word : `p/${word}`));
    const { code, out } = await keywright('build', 'p', ...at);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('error[KW6012]') });
    expect(files()).toEqual(['p/keywright.yaml']);
    // The folder may be outside the project if the user names it.
    expect((await keywright('build', 'p', '--out', 'away')).code).toBe(0);
  });
});

describe('build', () => {
  it('writes every target of every stack into out, beside keywright.yaml', async () => {
    write('p/keywright.yaml', project('security'));
    const { code, out, err } = await keywright('build', 'p');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(files()).toEqual(
      expect.arrayContaining([
        'p/out/cfn/security.template.yaml',
        'p/out/keywright.manifest.json',
        'p/out/pulumi/security/index.ts',
        'p/out/terraform/security/main.tf',
      ]),
    );
    expect(out).toContain('+ p/out/terraform/security/main.tf\n');
    expect(out).toMatch(/^\d+ created; no problems\n$/m);
  });

  it('counts the files of each target in a large first build, and lists changed files afterwards', async () => {
    const environments = Array.from({ length: 30 }, (_, index) => `e${index}`);
    const fleet = (days: number) =>
      [
        'keywright: 1',
        'app: fleet',
        'environments:',
        ...environments.map((name, index) => `  ${name}: { account: "${100_000_000_001 + index}", region: eu-west-1 }`),
        'stacks:',
        `  core: { environment: [${environments.join(', ')}], keys: { orders: { rotation: ${days} days } } }`,
        '',
      ].join('\n');
    write('keywright.yaml', fleet(365));
    const { out } = await keywright('build', '--target', 'cfn,pulumi');
    const pulumi = files().filter((path) => path.startsWith('out/pulumi')).length;
    expect(out).toBe(
      `+ out/cfn/core.template.yaml\n+ out/cfn/deployments.json\n+ ${pulumi} files in out/pulumi\n${pulumi + 2} created; no problems\n`,
    );
    write('keywright.yaml', fleet(180));
    expect((await keywright('build', '--target', 'cfn,pulumi')).out).toBe(
      `~ out/cfn/core.template.yaml\n~ out/pulumi/core/index.ts\n2 updated, ${pulumi} unchanged; no problems\n`,
    );
  });

  it('writes nothing if it runs again without changes', async () => {
    write('keywright.yaml', project('security'));
    await keywright('build');
    const { code, out } = await keywright('build');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ unchanged; no problems\n$/);
  });

  it('resolves --out relative to the working directory', async () => {
    write('p/keywright.yaml', project('security'));
    await keywright('build', 'p', '--out', 'generated', '--target', 'cfn');
    expect(of('generated/cfn/security')).toEqual(['generated/cfn/security.template.yaml']);
    expect(of('p/out')).toEqual([]);
  });

  it('deletes the files of a removed stack, but only for the targets that it builds', async () => {
    const platform = '  platform:\n    principals:\n      api: { role: { assumedBy: lambda.amazonaws.com } }\n';
    write('keywright.yaml', project('security') + platform);
    await keywright('build');
    write('keywright.yaml', project('security'));
    await keywright('build', '--target', 'cfn');
    expect(of('cfn/platform')).toEqual([]);
    expect(of('terraform/platform')).not.toEqual([]);
    await keywright('build');
    expect(of('platform')).toEqual([]);
    expect(of('security')).not.toEqual([]);
  });

  it('builds one stack without deleting the files of others', async () => {
    write('keywright.yaml', project('security', 'platform'));
    await keywright('build');
    const before = outputs();
    write('keywright.yaml', project('security', 'platform', 'data'));
    const { out } = await keywright('build', '--stack', 'security');
    expect(out).not.toContain('platform');
    expect(outputs()).toEqual(before);
  });

  it('writes CloudFormation templates as JSON on request', async () => {
    write('keywright.yaml', project('security'));
    await keywright('build');
    await keywright('build', '--cfn-format', 'json');
    expect(of('cfn/security')).toEqual(['out/cfn/security.template.json']);
    expect(JSON.parse(readFileSync(join(cwd, 'out/cfn/security.template.json'), 'utf8'))).toHaveProperty('Resources');
  });

  it('writes nothing if there is an error', async () => {
    write('keywright.yaml', project('security').replace('aliases', 'alaises'));
    const { code, out } = await keywright('build');
    expect(code).toBe(1);
    expect(out).toContain('alaises');
    expect(outputs()).toEqual([]);
  });

  it('overwrites a file that a person edited only with --force', async () => {
    write('keywright.yaml', project('security'));
    await keywright('build');
    const edited = of('terraform/security/main.tf')[0] ?? '';
    write(edited, 'mine');
    const refused = await keywright('build');
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(`error[KW6003]: will not overwrite ${edited}`);
    expect((await keywright('build', '--force')).code).toBe(0);
    expect(readFileSync(join(cwd, edited), 'utf8')).not.toBe('mine');
  });

  it('with --check shows the changes that it would make, and makes none', async () => {
    write('keywright.yaml', project('security'));
    await keywright('build');
    expect((await keywright('build', '--check')).code).toBe(0);
    const edited = of('terraform/security/main.tf')[0] ?? '';
    write(edited, `${readFileSync(join(cwd, edited), 'utf8')}# mine\n`);
    const checked = await keywright('build', '--check');
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('\n-# mine\n');
    expect(checked.out).toContain(`error[KW6005]: ${edited} differs from what would be generated`);
    expect(readFileSync(join(cwd, edited), 'utf8')).toContain('# mine');
    const report: unknown = JSON.parse((await keywright('build', '--check', '--format', 'json')).out);
    expect(report).toMatchObject({ summary: { errors: 1 }, diagnostics: [{ code: 'KW6005', span: { file: edited } }] });
  });

  it('uses a team’s own templates, and reports an empty folder', async () => {
    const own = `${project('security')}targets:\n  terraform: { templates: ./tpl }\n`;
    write('keywright.yaml', own);
    expect((await keywright('build')).out).toContain('error[KW6009]: cannot use ./tpl as templates of terraform');
    write('tpl/versions.tf.hbs', '# our own\n');
    expect((await keywright('build', '--target', 'terraform')).code).toBe(0);
    expect(readFileSync(join(cwd, 'out/terraform/security/versions.tf'), 'utf8')).toContain('# our own');
  });

  it('builds the stacks of all environments of a definition that --stack names', async () => {
    const environments =
      'environments:\n  eu: { account: "111122223333", region: eu-west-1 }\n  us: { account: "111122223333", region: us-east-1 }\n';
    const listed = `  listed: { environment: [eu, us], keys: { orders: { rotation: true } } }\n`;
    write('keywright.yaml', `${project('security')}${listed}${environments}`);
    expect((await keywright('build', '--stack', 'listed', '--target', 'terraform')).code).toBe(0);
    expect(readdirSync(join(cwd, 'out/terraform')).sort()).toEqual(['listed-eu', 'listed-us', 'modules']);
    expect((await keywright('build', '--stack', 'listen')).err).toContain('did you mean `listed`?');
    expect((await keywright('build', '--stack', 'listed-eu,security', '--target', 'pulumi')).code).toBe(0);
    expect(readdirSync(join(cwd, 'out/pulumi/listed'))).not.toContain('Pulumi.us.yaml');
  });

  it.each([
    [['build', 'gone'], 'error: there is no folder "gone"\n'],
    [['build', 'file.txt'], 'error: "file.txt" is not a folder; name the folder of keywright.yaml\n'],
    [
      ['build', 'teams/orders'],
      'error: there is no keywright.yaml in the folder "teams/orders": name the folder ., which has one\n',
    ],
    [['build', 'misnamed'], 'error: there is no keywright.yaml in the folder "misnamed": rename keywright.yml\n'],
    [['build', '--target', 'terrafrom'], 'error: there is no target "terrafrom"; did you mean `terraform`?\n'],
    [['build', '--stack', 'securty'], 'error: there is no stack "securty"; did you mean `security`?\n'],
    [['build', '--target', 'pulumi', '--cfn-format', 'json'], 'error: --cfn-format needs the target cfn\n'],
  ])('%j is wrong usage', async (argv, message) => {
    write('keywright.yaml', project('security'));
    write('file.txt', '');
    write('teams/orders/keys.yaml', 'stacks: {}\n');
    write('misnamed/keywright.yml', project('security'));
    expect(await keywright(...argv)).toEqual({ code: 2, out: '', err: message });
  });
});

describe('the output folder', () => {
  const included = (name: string) => `stacks:\n${stack(name)}`;

  it('can be the project’s own folder, and a wide pattern does not read the outputs back', async () => {
    write('keywright.yaml', `${project('security')}include: ["**/*.yaml"]\n`);
    write('cfn/keys.yaml', included('mine'));
    for (let again = 0; again < 2; again += 1) {
      const { code, out } = await keywright('build', '--out', '.', '--target', 'cfn');
      expect({ code, problems: out.split('; ').at(-1) }).toEqual({ code: 0, problems: 'no problems\n' });
    }
    expect(of('cfn/mine', 'cfn/security')).toEqual(['cfn/mine.template.yaml', 'cfn/security.template.yaml']);
    expect((await keywright('build', '--out', '.', '--target', 'cfn', '--check')).code).toBe(0);
  });

  it('can contain sources', async () => {
    write('keywright.yaml', `${project('security')}include: ["teams/**/*.yaml"]\n`);
    write('teams/a/keys.yaml', included('mine'));
    for (let again = 0; again < 2; again += 1) {
      expect((await keywright('build', '--out', 'teams', '--target', 'cfn')).code).toBe(0);
    }
    expect(of('cfn/mine')).toEqual(['teams/cfn/mine.template.yaml']);
  });

  it('can be a link to a folder', async () => {
    write('keywright.yaml', project('security'));
    mkdirSync(join(cwd, 'elsewhere'));
    symlinkSync('elsewhere', join(cwd, 'out'));
    expect((await keywright('build', '--target', 'cfn')).code).toBe(0);
    expect(of('elsewhere/cfn/security')).toEqual(['elsewhere/cfn/security.template.yaml']);
  });

  it.each([
    ['a file', () => write('out', 'mine'), 'out'],
    ['a link to nowhere', () => symlinkSync('gone', join(cwd, 'out')), 'out'],
    ['below a file', () => write('file', 'mine'), 'file/out'],
    ['with a name that is too long', () => {}, 'a'.repeat(300)],
    ...(process.platform === 'linux' ? [['where nothing can be created', () => {}, '/proc/keywright'] as const] : []),
  ] as const)('that is %s is refused with a clear message', async (_name, prepare, out) => {
    write('keywright.yaml', project('security'));
    prepare();
    const refused = await keywright('build', '--target', 'cfn', '--out', out);
    expect({ code: refused.code, err: refused.err }).toEqual({ code: 1, err: '' });
    expect(refused.out).toMatch(/^error\[KW600[26]\]: cannot write [^\n]+: [a-z][^\n]+\nhelp: /);
  });

  it('does not count as changed if a checkout changes its line ends', async () => {
    write('keywright.yaml', project('security', 'platform'));
    await keywright('build');
    for (const path of outputs()) write(path, readFileSync(join(cwd, path), 'utf8').replaceAll('\n', '\r\n'));
    expect((await keywright('build', '--check')).code).toBe(0);
    expect((await keywright('build')).out).toMatch(/^\d+ unchanged; no problems\n$/);
    write('keywright.yaml', `${project('security')}    removed: [{ stack: platform, then: retain }]\n`);
    const pruned = await keywright('build');
    expect(pruned).toMatchObject({ code: 0, err: '' });
    expect(of('platform')).toEqual([]);
  });

  it('refuses two stacks whose names differ only in case', async () => {
    write('keywright.yaml', project('security', 'Security'));
    const { code, out } = await keywright('build');
    expect(code).toBe(1);
    expect(out).toContain('error[KW2007]: two stacks would be called `Security`');
    expect(outputs()).toEqual([]);
  });

  it('is the only place where a build deletes files, even if an edited manifest lists files outside it', async () => {
    write('keywright.yaml', project('security'));
    write('precious.txt', 'x');
    await keywright('build', '--target', 'cfn');
    const manifest = JSON.parse(readFileSync(join(cwd, 'out/keywright.manifest.json'), 'utf8'));
    const entry = { target: 'cfn', stack: 'gone', sha256: createHash('sha256').update('x').digest('hex') };
    for (const path of ['../precious.txt', join(cwd, 'precious.txt'), 'cfn/../../precious.txt', '..\\precious.txt']) {
      const files = { ...manifest.files, [path]: entry };
      write('out/keywright.manifest.json', JSON.stringify({ ...manifest, files }));
      const { code, out } = await keywright('build', '--target', 'cfn');
      expect(code).toBe(1);
      expect(out).toContain('error[KW6007]: cannot use out/keywright.manifest.json: it lists ');
    }
    expect((await keywright('build', '--target', 'cfn', '--force')).code).toBe(0);
    expect(readFileSync(join(cwd, 'precious.txt'), 'utf8')).toBe('x');
  });
});

describe('the starter of init', () => {
  it('passes check and builds', async () => {
    await keywright('init');
    expect(await keywright('check')).toEqual({ code: 0, out: 'no problems\n', err: '' });
    expect((await keywright('build')).code).toBe(0);
    expect(of('security')).not.toEqual([]);
  });

  it('is valid according to the schema for editors', async () => {
    await keywright('init');
    const { default: Ajv } = await import('ajv/dist/2020.js');
    const { load } = await import('js-yaml');
    const validate = new Ajv.default({ strict: false }).compile(JSON.parse((await keywright('schema')).out));
    expect(validate(load(readFileSync(join(cwd, 'keywright.yaml'), 'utf8'))), JSON.stringify(validate.errors)).toBe(
      true,
    );
    expect(validate({ keywright: 1, app: 'x', stakcs: {} })).toBe(false);
  });
});

describe('ir', () => {
  it('prints the program on stdout and problems on stderr', async () => {
    write('keywright.yaml', project('security'));
    const { code, out } = await keywright('ir');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ app: 'payments', stacks: [{ name: 'security' }] });
    write('keywright.yaml', 'keywright: 1\n');
    const broken = await keywright('ir');
    expect({ code: broken.code, out: broken.out }).toEqual({ code: 1, out: '' });
    expect(broken.err).toContain('keywright.yaml');
  });
});

describe('an export that no stack imports any more', () => {
  const platform = (body: string) => `  platform:\n    targets: [cfn]\n${body}`;
  const head = (format: string) => `keywright: 1\napp: demo\ntargets: { cfn: { format: ${format} } }\nstacks:\n`;
  const key = '    keys:\n      root: { aliases: [root], grants: [] }\n      other: {}\n';
  const user = `    principals:\n      api: { role: { assumedBy: lambda.amazonaws.com } }\n    keys:\n      own: {}\n`;
  const imports = '    imports:\n      root: { key: platform.root, grants: [{ to: api, can: decrypt }] }\n';
  const app = (...bodies: readonly string[]) => `  app:\n    targets: [cfn]\n${bodies.join('')}`;
  const exported = (ending: string) =>
    readFileSync(join(cwd, `out/cfn/platform.template.${ending}`), 'utf8').includes('demo:platform:keys:root:arn');

  it.each(['yaml', 'json'])('is kept in the %s template until a build drops it', async (format) => {
    write('keywright.yaml', head(format) + platform(key) + app(user, imports));
    expect((await keywright('build')).code).toBe(0);
    expect(exported(format)).toBe(true);

    write('keywright.yaml', head(format) + platform(key) + app(user));
    const removed = await keywright('build');
    expect(removed.code).toBe(0);
    expect(removed.out).toContain('note[KW5131]: `platform` keeps the export `keys.root.arn`');
    expect(removed.out).toContain('deploy `app` first; then run `keywright build --drop-exports`');
    expect(exported(format)).toBe(true);
    expect(readFileSync(join(cwd, `out/cfn/app.template.${format}`), 'utf8')).not.toContain('ImportValue');

    // A second build and --check give the same result, and still name the stack to deploy.
    expect((await keywright('build', '--check')).code).toBe(0);
    const again = await keywright('build');
    expect(again.out).toContain('deploy `app` first');
    expect(exported(format)).toBe(true);

    const dropped = await keywright('build', '--drop-exports');
    expect(dropped.out).not.toContain('KW5131');
    expect(exported(format)).toBe(false);
    expect((await keywright('build', '--check')).out).not.toContain('KW5131');
    expect((await keywright('build', '--check')).code).toBe(0);
  });

  it('is kept even after a build of its former importer alone', async () => {
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    await keywright('build');
    write('keywright.yaml', head('yaml') + platform(key) + app(user));
    expect((await keywright('build', '--stack', 'app')).out).toContain('deploy `app` first');
    expect((await keywright('build')).out).toContain('note[KW5131]');
    expect(exported('yaml')).toBe(true);
  });

  it('is kept even if the format changes and its former importer is removed', async () => {
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    await keywright('build');
    write('keywright.yaml', `${head('json')}${platform(key)}    removed: [{ stack: app, then: retain }]\n`);
    expect((await keywright('build')).out).toContain('deploy `app` first');
    expect(exported('json')).toBe(true);
  });

  it('is no longer kept once a stack imports it again', async () => {
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    await keywright('build');
    const first = readFileSync(join(cwd, 'out/cfn/platform.template.yaml'), 'utf8');
    write('keywright.yaml', head('yaml') + platform(key) + app(user));
    await keywright('build');
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    expect((await keywright('build')).out).not.toContain('KW5131');
    expect(readFileSync(join(cwd, 'out/cfn/platform.template.yaml'), 'utf8')).toBe(first);
  });

  it('is kept under its old name if the key is renamed and keeps its logical id', async () => {
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    await keywright('build');
    const renamed =
      '    keys:\n      base: { aliases: [root], names: { cfn: RootKey } }\n    moved: [{ from: root, to: base }]\n    removed: [{ key: other, then: retain }]\n';
    write(
      'keywright.yaml',
      head('yaml') + platform(renamed) + app(user, imports.replace('platform.root', 'platform.base')),
    );
    expect((await keywright('build')).out).toContain('keeps the export `keys.root.arn`');
    const text = readFileSync(join(cwd, 'out/cfn/platform.template.yaml'), 'utf8');
    expect(text).toMatch(/ARN of the key base, kept for app\n {4}Value: !GetAtt RootKey\.Arn\n/);
    expect(text).toContain('Name: demo:platform:keys:base:arn');
    expect((await keywright('build', '--check')).code).toBe(0);
  });

  it.each([
    [
      'the key',
      () => platform('    keys:\n      other: {}\n    removed: [{ key: root, then: retain }]\n') + app(user),
      'deploy `app` before `platform`',
    ],
    [
      'the stack',
      () => `${app(user)}    removed: [{ stack: platform, then: retain }]\n`,
      'do not delete `platform` while a deployed stack still imports from it: first deploy `app`',
    ],
  ])('disappears with %s, and the build says what to deploy first', async (_, stacks, help) => {
    write('keywright.yaml', head('yaml') + platform(key) + app(user, imports));
    await keywright('build');
    write('keywright.yaml', head('yaml') + stacks());
    const { code, out } = await keywright('build');
    expect(code).toBe(0);
    expect(out).toContain('warning[KW5132]: `platform` no longer has the export `demo:platform:keys:root:arn`');
    expect(out).toContain(help);
    expect((await keywright('build')).out).not.toContain('KW5132');
  });

  it('cannot be dropped by a build without CloudFormation', async () => {
    const { code, err } = await keywright('build', '--target', 'terraform', '--drop-exports');
    expect({ code, err }).toMatchObject({ code: 2 });
    write('keywright.yaml', head('yaml') + platform(key) + app(user));
    expect((await keywright('build', '--target', 'terraform', '--drop-exports')).err).toContain('needs the target cfn');
  });
});

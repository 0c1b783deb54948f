import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AwsServer,
  identityAnswer,
  keyAnswer,
  kmsAnswer,
  startAwsServer,
} from '@keywright/lookup/aws-server.test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadePackage } from '../release/make-packages.ts';
import { isUpstreamReachable, newFolder, publishAll } from './publish-all.ts';
import type { Registry } from './registry.ts';
import { createUser, nodes, succeeded, type User } from './user.ts';

const folder = newFolder();
const workspace = join(import.meta.dirname, '../..');
const isReachable = await isUpstreamReachable();

describe.skipIf(!isReachable)('the packages, from a registry', () => {
  let registry: Registry;
  let packages: readonly MadePackage[];

  beforeAll(async () => {
    ({ registry, packages } = await publishAll(folder));
  });
  afterAll(() => {
    registry?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const userOf = (name: string, node = process.execPath) => createUser(join(folder, name), node, registry.url);
  const emptyFolder = (user: User, name: string) => {
    const folder = join(user.home, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };

  it('contain their description, origin and licence', () => {
    for (const { folder, manifest } of packages) {
      const { version, repository, license, publishConfig, ...published } = read(folder, 'package.json');
      expect(version).toBe(packages[0]?.manifest.version);
      expect(repository.url).toMatch(/^git\+https:\/\//);
      expect(license).toBe('Apache-2.0');
      expect(publishConfig).toEqual({ access: 'public', provenance: true });
      expect(Object.keys(published)).not.toContain('scripts');
      expect(Object.keys(published)).not.toContain('devDependencies');
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`# ${manifest.name}\n`);
      expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('Apache License');
      for (const [name, wanted] of Object.entries(manifest.dependencies ?? {}))
        if (name.startsWith('@keywright/')) expect(wanted).toBe(version);
    }
  });

  it('contain nothing of this machine', () => {
    for (const file of readdirSync(join(folder, 'packages'), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = readFileSync(join(file.parentPath, file.name), 'utf8');
      expect(text.includes(workspace), join(file.parentPath, file.name)).toBe(false);
      expect(text.includes('keywright-source'), join(file.parentPath, file.name)).toBe(false);
    }
  });

  it('provide a command in one package below 3 MB', async () => {
    const user = userOf('size');
    const folder = emptyFolder(user, 'project');
    succeeded(await user.run(folder, 'npm', ['install', '--save-dev', 'keywright']));
    expect(installed(folder)).toEqual(['keywright']);
    expect(bytesBelow(join(folder, 'node_modules/keywright'))).toBeLessThan(3_000_000);
  });

  it.each([...nodes()])(
    'provide a command that starts in a small multiple of the time of Node %s',
    async (major, program) => {
      const user = userOf(`start-${major}`, program);
      const folder = emptyFolder(user, 'project');
      cpSync(join(workspace, 'examples/quickstart'), folder, { recursive: true });
      succeeded(await user.run(folder, 'npm', ['install', '--save-dev', 'keywright']));
      const command = join(folder, 'node_modules/.bin/keywright');
      // Compiled code is cached for each command, so an earlier run of another command must not change the result.
      for (const first of ['ir', 'check']) succeeded(await user.run(folder, command, [first]));
      // Returns the CPU time of a command in seconds, because other work on the machine affects it least.
      const cpu = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
        const timed = ['-c', 'TIMEFORMAT="%U %S"; time "$@" > /dev/null', 'timed', ...args];
        const { stderr } = succeeded(await user.run(folder, 'bash', timed, env));
        return stderr.split(' ').reduce((sum, part) => sum + Number(part), 0);
      };
      const node: number[] = [];
      const check: number[] = [];
      const unkept: number[] = [];
      // The commands take turns, and the minimum for each is used, because other work on the machine slows down some runs.
      for (let round = 0; round < 15; round += 1) {
        node.push(await cpu(['node', '-e', '0']));
        check.push(await cpu([command, 'check']));
        unkept.push(await cpu([command, 'check'], { NODE_DISABLE_COMPILE_CACHE: '1' }));
      }
      const times = (values: readonly number[]) => Math.min(...values) / Math.min(...node);
      console.log(
        `Node ${major}: check of the quickstart takes ${times(check).toFixed(1)} times node -e 0 (${Math.min(...node)} s), ${times(unkept).toFixed(1)} with nothing kept`,
      );
      // More than half of the time that `check` takes beyond Node's own start is spent by V8 on reading the cached code. These bounds catch
      // a command that loads zod for every file, or that caches nothing. `npm run bench` measures the times.
      expect(times(check)).toBeLessThan(3.6);
      expect(times(check) / times(unkept)).toBeLessThan(0.85);
    },
  );

  describe.each([...nodes()])('the command on Node %s', (major, node) => {
    let aws: AwsServer;
    let user: User;
    let folder: string;
    // Runs the program without npx, which a test below covers, because starting npm takes longer than most commands.
    const program = 'node_modules/.bin/keywright';
    const called = new Set<string>();
    const keywright = (...args: readonly string[]) => {
      called.add(args[0] ?? '');
      return user.run(folder, program, args);
    };

    beforeAll(async () => {
      aws = await startAwsServer();
      user = userOf(`node-${major}`, node);
      folder = emptyFolder(user, 'project');
      succeeded(await user.run(folder, 'npm', ['install', '--save-dev', 'keywright']));
    });
    afterAll(() => aws?.close());

    it('runs on that version', async () => {
      expect(succeeded(await user.run(folder, 'node', ['--version'])).stdout).toMatch(new RegExp(`^v${major}\\.`));
      expect(succeeded(await keywright('--version')).stdout.trim()).toBe(packages[0]?.manifest.version);
    });

    it('creates a project and its outputs for three targets', async () => {
      succeeded(await keywright('init'));
      expect(succeeded(await keywright('check')).stdout).toBe('no problems\n');
      succeeded(await keywright('build'));
      expect(
        readdirSync(join(folder, 'out'))
          .filter((name) => !name.startsWith('.'))
          .sort(),
      ).toEqual(expect.arrayContaining(['cfn', 'pulumi', 'terraform']));
      succeeded(await keywright('build', '--check'));
    });

    it('caches V8’s compiled code in the package, and works without it', async () => {
      const kept = join(folder, 'node_modules/keywright/.cache');
      const files = () =>
        readdirSync(kept, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name));
      const made = files();
      // The cache has one file for each command so far.
      expect(made.length).toBe(4);
      for (const damaged of [
        (cache: Buffer) => cache.fill(1, 0, 64),
        (cache: Buffer) => cache.subarray(0, cache.length / 2),
        () => Buffer.alloc(0),
      ]) {
        for (const file of made) writeFileSync(file, damaged(readFileSync(file)));
        expect(succeeded(await keywright('check')).stdout).toBe('no problems\n');
      }
      rmSync(kept, { recursive: true });
      writeFileSync(kept, 'no folder');
      expect(await keywright('check')).toEqual({ status: 0, stdout: 'no problems\n', stderr: '' });
      rmSync(kept);
      succeeded(await user.run(folder, program, ['check'], { NODE_DISABLE_COMPILE_CACHE: '1' }));
      expect(existsSync(kept)).toBe(false);
    });

    it('answers questions and draws', async () => {
      const key = 'orders';
      expect(succeeded(await keywright('who-can', 'decrypt', key)).stdout).toContain('can');
      expect(succeeded(await keywright('why', '999999999999', 'decrypt', key)).stdout).not.toBe('');
      expect(JSON.parse(succeeded(await keywright('policy', key, '--format', 'json')).stdout)).toHaveProperty('keys');
      for (const file of ['keys.html', 'keys.svg', 'keys.mmd']) {
        succeeded(await keywright('graph', '--out', file));
        expect(readFileSync(join(folder, file), 'utf8')).toContain(key);
      }
      expect(JSON.parse(succeeded(await keywright('ir')).stdout)).toHaveProperty('stacks');
      expect(JSON.parse(succeeded(await keywright('schema')).stdout)).toHaveProperty('$defs');
      expect(succeeded(await keywright('explain', 'KW3024')).stdout).toContain('KW3024');
      for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
        expect(succeeded(await keywright('completion', shell)).stdout).toContain('keywright');
      expect(succeeded(await keywright('complete', '--', 'who')).stdout).toContain('who-can');
      expect(succeeded(await keywright('upgrade', '--check')).stdout).toContain('nothing to do');
    });

    it('reads existing keys, compares and hands over', async () => {
      const template = 'out/cfn/security.template.yaml';
      const place = ['--account', '111122223333', '--region', 'eu-west-1'];
      succeeded(await keywright('import', template, ...place, '--out', 'imported/keywright.yaml'));
      expect(readFileSync(join(folder, 'imported/keywright.yaml'), 'utf8')).toContain('orders');
      expect(succeeded(await keywright('diff', template, '.', ...place)).stdout).toBe('no difference\n');
      // A template does not contain the ids that AWS gave to the keys.
      expect((await keywright('adopt', '--from', template, '--to', 'terraform', ...place)).stderr).toContain('KW8301');
    });

    it('reports problems in every format', async () => {
      const broken = emptyFolder(user, 'project/broken');
      writeFileSync(join(broken, 'keywright.yaml'), 'keywright: 1\napp: demo\nstacks: { s: { kesy: {} } }\n');
      for (const format of ['text', 'json', 'sarif', 'github', 'junit']) {
        const { status, stdout, stderr } = await keywright('check', 'broken', '--format', format);
        expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
        expect(stdout).toContain('kesy');
      }
    });

    it("reads included files and a team's own templates", async () => {
      const own = emptyFolder(user, 'project/own');
      cpSync(join(workspace, 'packages/emit-terraform/templates'), join(own, 'templates'), { recursive: true });
      const main = join(own, 'templates/main.tf.hbs');
      writeFileSync(main, `# of our own\n${readFileSync(main, 'utf8')}`);
      mkdirSync(join(own, 'teams/one'), { recursive: true });
      writeFileSync(
        join(own, 'keywright.yaml'),
        "keywright: 1\napp: demo\ninclude: ['teams/*/keys.yaml']\ntargets: { terraform: { templates: templates } }\n",
      );
      writeFileSync(join(own, 'teams/one/keys.yaml'), 'stacks: { one: { keys: { orders: { rotation: true } } } }\n');
      succeeded(await keywright('build', 'own'));
      expect(readFileSync(join(own, 'out/terraform/one/main.tf'), 'utf8')).toContain('# of our own');
    });

    it('looks up aliases', async () => {
      const account = '111122223333';
      aws.answer = ({ action }) => {
        if (action === 'sts:GetCallerIdentity') return identityAnswer(account);
        if (action === 'kms:DescribeKey')
          return keyAnswer(account, 'eu-west-1', '12345678-1234-1234-1234-123456789012');
        return kmsAnswer({
          Aliases: [{ AliasName: 'alias/legacy', TargetKeyId: '12345678-1234-1234-1234-123456789012' }],
        });
      };
      const project = emptyFolder(user, 'project/lookup');
      writeFileSync(
        join(project, 'keywright.yaml'),
        `keywright: 1
app: demo
environments: { prod: { account: '${account}', region: eu-west-1 } }
stacks:
  s:
    environment: prod
    imports: { legacy: { lookup: { alias: legacy } } }
    outputs: { arn: '\${imports.legacy.arn}' }
`,
      );
      const env = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
      succeeded(await user.run(folder, program, ['lookup', 'lookup'], env));
      expect(readFileSync(join(project, 'keywright.context.json'), 'utf8')).toContain('12345678-1234');
      expect(succeeded(await keywright('context', 'list', 'lookup')).stdout).toContain('alias/legacy');
      succeeded(await keywright('build', 'lookup'));
    });

    it('has been run with every command in its help', async () => {
      const { stdout } = succeeded(await keywright('--help'));
      const [, list = ''] = /\nCommands:\n(.*?)\n\n/s.exec(stdout) ?? [];
      const commands = [...list.matchAll(/^ {2}([a-z-]+) /gm)]
        .map(([, name = '']) => name)
        .filter((name) => name !== 'help');
      expect(commands.length).toBeGreaterThan(15);
      expect(commands.filter((name) => !called.has(name))).toEqual(['lookup']); // called above, with an account
    });
  });

  it('provide libraries for a TypeScript program on each Node', async () => {
    const user = userOf('library');
    const own = emptyFolder(user, 'project');
    writeFileSync(join(own, 'package.json'), '{ "type": "module", "private": true }\n');
    const names = packages
      .map(({ manifest }) => manifest.name)
      .filter((name) => name !== 'keywright')
      .sort();
    succeeded(await user.run(own, 'npm', ['install', ...names, 'typescript@5', '@types/node@20']));
    cpSync(join(import.meta.dirname, 'library-user.ts'), join(own, 'main.ts'));
    const list = names.map((name, at) => `import * as p${at} from '${name}';\nprint('${name}', p${at});\n`);
    writeFileSync(
      join(own, 'all.ts'),
      `const print = (name: string, of: object) => console.log(name, ...Object.keys(of).sort());\n${list.join('')}`,
    );
    // Without skipLibCheck, because the types of the packages must be complete.
    const flags = ['--module', 'nodenext', '--target', 'es2023', '--strict', 'main.ts', 'all.ts'];
    succeeded(await user.run(own, 'npx', ['tsc', ...flags]));
    for (const node of [process.execPath, ...nodes().values()]) {
      const { stdout } = succeeded(await user.run(own, node, ['main.js']));
      expect(stdout).toContain('AWS::KMS::Key');
      expect(stdout).toMatch(/: orders$/m);
      const { stdout: all } = succeeded(await user.run(own, node, ['all.js']));
      expect(all).toBe(`@keywright/analyze accessGraph buildPicture checkProgram decide whoCan
@keywright/core compileProject hasErrors irJsonSchema languageJsonSchema
@keywright/emit-cfn emitter target
@keywright/emit-pulumi emitter target
@keywright/emit-terraform emitter target
@keywright/graph graphData graphMermaid graphPage graphSvg
@keywright/lookup resolveLookups
@keywright/migrate comparePrograms liftProgram
@keywright/nx createNodes createNodesV2 name
@keywright/read-account accountsOf askAccounts askOrganization organizationsRegion readAccounts surveyAccounts
@keywright/read-cfn readTemplates templatesOfAssembly withNestedTemplates
@keywright/read-lza configurationFiles readLza
@keywright/read-pulumi readPulumi
@keywright/read-terraform hostOf readTerraform readTerraformModule
`);
      const inside = await user.run(own, node, ['--eval', "import('@keywright/core/compile')"]);
      expect(inside.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
  });

  it('can be installed globally', async () => {
    const user = userOf('global');
    const prefix = join(user.home, 'prefix');
    succeeded(await user.run(user.home, 'npm', ['install', '--global', '--prefix', prefix, 'keywright']));
    const folder = emptyFolder(user, 'project');
    const command = join(prefix, 'bin/keywright');
    succeeded(await user.run(folder, command, ['init']));
    succeeded(await user.run(folder, command, ['build']));
  });

  it('can be run with npx alone', async () => {
    const user = userOf('npx');
    const folder = emptyFolder(user, 'project');
    succeeded(await user.run(folder, 'npx', ['--yes', 'keywright', 'init']));
    succeeded(await user.run(folder, 'npx', ['--yes', 'keywright', 'build']));
  });

  it('can be installed with pnpm', async () => {
    const user = userOf('pnpm');
    const folder = emptyFolder(user, 'project');
    // The last version that runs on Node 20.
    const pnpm = ['--yes', 'pnpm@10'];
    succeeded(await user.run(folder, 'npx', [...pnpm, 'add', '--save-dev', 'keywright']));
    succeeded(await user.run(folder, 'npx', [...pnpm, 'exec', 'keywright', 'init']));
    succeeded(await user.run(folder, 'npx', [...pnpm, 'exec', 'keywright', 'build']));
  });
});

/** Returns the packages in a folder, without npm's own record. */
function installed(folder: string): readonly string[] {
  return readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
}

function read(folder: string, file: string) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/**
 * Follows a page in a separate folder: its files are written, and bash runs its commands against an emulator of AWS. Terraform and its AWS
 * provider are real, `aws` is the AWS CLI, and `keywright` is the built command. Tools that are not available without AWS or a download
 * have stand-ins that follow their rules: CloudFormation, the command of the CDK, and Pulumi's engine.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { readAccounts } from '../../kit/accounts/snapshot.ts';
import { credentialsAt, openCloud } from '../../kit/cloud/cloud.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import type { Walk } from './page.ts';

const place = { account: '111122223333', region: 'eu-west-1' };
const keywright = join(import.meta.dirname, '../../../../packages/cli/bin/keywright.js');
const loader = pathToFileURL(join(import.meta.dirname, '../../node_modules/tsx/dist/loader.mjs')).href;
const modules = join(import.meta.dirname, '../../node_modules');

/** Returns the problems of a walk: a command fails, output differs from the page, a call writes, or a key has changed. */
export async function problemsOfWalk({ parts }: Walk, moto: Moto, provider: FoundProvider): Promise<readonly string[]> {
  await moto.reset();
  const recorder = await startRecorder(moto.url);
  const home = mkdtempSync(join(tmpdir(), 'keywright-walk-'));
  const folder = join(home, 'walk');
  mkdirSync(folder);
  try {
    const { accessKeyId, secretAccessKey } = await credentialsAt(moto.url)(place.account);
    const env = {
      ...process.env,
      PATH: `${commandsIn(home)}:${process.env.PATH}`,
      HOME: home,
      TF_CLI_CONFIG_FILE: terraformSettings(home, provider),
      AWS_ENDPOINT_URL: recorder.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: place.region,
      AWS_DEFAULT_REGION: place.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      TF_CLI_ARGS: '-no-color',
      GOGC: '400',
      NO_COLOR: '1',
      NODE_PATH: modules,
      STAND_INS: join(home, 'stand-ins'),
    };
    const cloud = openCloud(moto.url);
    const look = async () => JSON.stringify((await readAccounts(cloud, [place], [place], () => true)).things);
    let before: string | undefined;
    for (const part of parts) {
      if (part.kind === 'file') {
        mkdirSync(dirname(join(folder, part.path)), { recursive: true });
        writeFileSync(join(folder, part.path), part.text);
        continue;
      }
      const script = part.kind === 'session' ? part.command : part.text;
      const { status, stdout, stderr } = await bash(script, folder, env);
      const told = `${stdout}${stderr}`;
      if (status !== 0) return [`this ends with ${status}:\n${script}\n${told.slice(-3000)}`];
      if (part.kind === 'session' && told !== part.printed)
        return [`${script}\nprints:\n${told}\nand not:\n${part.printed}`];
      const writes = recorder.taken().filter((action) => !/^(Get|List|Describe)/.test(action));
      if (part.kind === 'commands' && part.before) {
        before = await look();
        continue;
      }
      if (writes.length > 0) return [`this calls ${writes.join(', ')}:\n${script}`];
      const after = await look();
      if (after !== before) return [`after this:\n${script}\nthere is:\n${after}\nand there was:\n${before}`];
    }
    return before === undefined || before === '[]' ? ['there is no key'] : [];
  } finally {
    await recorder.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function bash(script: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { status, stdout, stderr };
}

/** Creates a folder with commands that this machine lacks, or that have to be replaced. */
function commandsIn(home: string): string {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const add = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const standIn = (name: string) =>
    `exec "${process.execPath}" --import "${loader}" "${join(import.meta.dirname, 'stand-ins', `${name}.ts`)}" "$@"`;
  add('keywright', `exec "${process.execPath}" "${keywright}" "$@"`);
  add('cdk', standIn('cdk'));
  add('pulumi', standIn('pulumi'));
  add('aws', `if [ "$1" = cloudformation ]; then ${standIn('cloudformation')}; fi\nPATH="\${PATH#*:}" exec aws "$@"`);
  // Programs find their imports in the packages of the oracles.
  add('npm', 'exit 0');
  return bin;
}

/** Returns settings that let Terraform find the provider on this machine without a registry. */
function terraformSettings(home: string, { folder, version }: FoundProvider): string {
  const systems: Readonly<Record<string, string>> = { x64: 'amd64', win32: 'windows' };
  const system = [platform(), arch()].map((name) => systems[name] ?? name).join('_');
  const mirror = join(home, 'mirror');
  const at = join(mirror, 'registry.terraform.io/hashicorp/aws', version);
  mkdirSync(at, { recursive: true });
  symlinkSync(folder, join(at, system));
  const path = join(home, 'terraform.tfrc');
  writeFileSync(path, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return path;
}

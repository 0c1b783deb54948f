/**
 * The common parts of all rounds: an emulated account with keys made by hand, a folder, and the command that moves the keys from tool to
 * tool.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DisableKeyCommand,
  EnableKeyRotationCommand,
} from '@aws-sdk/client-kms';
import { readAccounts } from '../../kit/accounts/snapshot.ts';
import { credentialsAt, openCloud } from '../../kit/cloud/cloud.ts';
import { command } from '../../kit/command.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import { templateProblems } from '../../kit/templates/template-problems.ts';
import { parseTemplate, type Template } from '../../kit/templates/templates.ts';

/** Returns the text of a file that `adopt` wrote, perhaps with a mistake. */
export type MistakeInHandOver = (path: string, text: string) => string;

/** A step of `adopt/steps/plan.json`. */
export interface Step {
  readonly number: number;
  readonly apply: readonly string[];
  readonly expects?: { readonly retains?: readonly string[]; readonly forgets?: readonly string[] };
}

export const place = { account: '111122223333', region: 'eu-west-1' };

export type Cloud = ReturnType<typeof openCloud>;

export interface Round {
  readonly folder: string;
  /** The address of the emulator, which records the calls. */
  readonly url: string;
  readonly cloud: Cloud;
  read(path: string): string;
  write(path: string, text: string): void;
  keywright(...args: readonly string[]): Promise<unknown>;
  /** Imports the account's keys in `regions`, as for `--region`. Returns a project without targets. */
  importAccount(regions: string): Promise<string>;
  /** Writes `keywright.yaml`, builds it for one tool, and writes the steps that hand the keys over to that tool. */
  handOver(yaml: string, target: string, regions: string, ...from: readonly string[]): Promise<readonly Step[]>;
  /** Throws if a call has written anything, or if a key is no longer as it was before the round. */
  intact(step: string): Promise<void>;
}

/**
 * Runs a round. Returns the problems up to the first failing step: a step that is refused, makes a call that writes, or changes a key.
 *
 * @param make creates the keys by hand
 * @param mistake applied to each file that `adopt` writes
 */
export async function walkRound(
  moto: Moto,
  places: readonly (typeof place)[],
  make: (cloud: Cloud) => Promise<void>,
  mistake: MistakeInHandOver,
  walk: (round: Round) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  await moto.reset();
  const recorder = await startRecorder(moto.url);
  const folder = mkdtempSync(join(tmpdir(), 'keywright-round-'));
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  try {
    const cloud = openCloud(moto.url);
    await make(cloud);
    const look = async () => JSON.stringify((await readAccounts(cloud, [], places, () => true)).things);
    const before = await look();
    const { accessKeyId, secretAccessKey } = await credentialsAt(moto.url)(place.account);
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ENDPOINT_URL: recorder.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const keywright = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [command, ...args], { cwd: folder, env });
    return await walk({
      folder,
      url: recorder.url,
      cloud,
      read,
      write,
      keywright,
      async importAccount(regions) {
        const from = ['import', 'account', '--account', place.account, '--region', regions];
        await keywright(...from, '--out', 'imported.yaml', '--target', 'pulumi');
        const yaml = read('imported.yaml').replace(/^ +targets: .*\n/m, '');
        rmSync(join(folder, 'imported.yaml'));
        return yaml;
      },
      async handOver(yaml, target, regions, ...from) {
        for (const made of ['out', 'adopt', 'keywright.inventory.json'])
          rmSync(join(folder, made), { recursive: true, force: true });
        const targets = yaml.replace(/^( +)(?:targets: .*\n +)?environment: .*$/m, `$&\n$1targets: [${target}]`);
        write('keywright.yaml', targets);
        await keywright('build');
        await keywright('adopt', '--from', ...from, '--to', target, '--account', place.account, '--region', regions);
        for (const path of readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' })) {
          if (/\.(tf|json)$/.test(path)) write(`adopt/${path}`, mistake(path, read(`adopt/${path}`)));
        }
        return (JSON.parse(read('adopt/steps/plan.json')) as { readonly steps: readonly Step[] }).steps;
      },
      async intact(step) {
        const writes = recorder.taken().filter((action) => !/^(Get|List|Describe)/.test(action));
        if (writes.length > 0) throw new Error(`${step} calls ${writes.join(', ')}`);
        const after = await look();
        if (after !== before) throw new Error(`after ${step}:\n${after}\nand before:\n${before}`);
      },
    });
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    return [`${String(error)}${stderr}`];
  } finally {
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Judges what `adopt` wrote for CloudFormation by AWS's definitions of the resource types. Writes the contents of the stack after the
 * import to `keys.template.json` and `resources.json`. Throws if CloudFormation would refuse the import.
 */
export async function importInto(stack: string, { read, write }: Round): Promise<void> {
  const template = read(`adopt/cfn/${stack}/import.template.json`);
  const list = JSON.parse(read(`adopt/cfn/${stack}/resources-to-import.json`)) as ListedResource[];
  const parsed = parseTemplate({ path: 'import.template.json', text: template });
  const wrong = [...templateProblems(await loadAwsServiceSpec(), parsed), ...importProblems(parsed.Resources, list)];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  // The output of `describe-stack-resources` after the import.
  const StackResources = list.map(({ LogicalResourceId, ResourceType, ResourceIdentifier }) => ({
    StackName: stack,
    LogicalResourceId,
    ResourceType,
    PhysicalResourceId: Object.values(ResourceIdentifier)[0],
  }));
  write('keys.template.json', template);
  write('resources.json', JSON.stringify({ StackResources }));
}

interface ListedResource {
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}

/** Checks that each resource of the template is imported with its own type, and is retained if the stack is deleted. */
function importProblems(resources: Template['Resources'], list: readonly ListedResource[]): readonly string[] {
  const listed = new Map(list.map((each) => [each.LogicalResourceId, each.ResourceType]));
  return [...new Set([...Object.keys(resources), ...listed.keys()])].flatMap((id) => {
    const resource = resources[id];
    if (resource === undefined || resource.Type !== listed.get(id)) return [`${id} is not imported as what it is`];
    return 'DeletionPolicy' in resource && resource.DeletionPolicy === 'Retain' ? [] : [`${id} goes with its stack`];
  });
}

/**
 * Creates a key with a policy of two statements, aliases, tags and a rotation period; a disabled key; and a key with KMS's default policy.
 */
export async function makeKeys(kms: ReturnType<Cloud>['kms']): Promise<void> {
  const make = async (aliases: readonly string[], options: CreateKeyCommandInput) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand(options));
    const KeyId = KeyMetadata?.KeyId;
    for (const name of aliases) {
      await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: KeyId }));
    }
    return KeyId;
  };
  const root = { AWS: `arn:aws:iam::${place.account}:root` };
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Account', Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
      {
        Sid: 'Logs',
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': place.account } },
      },
    ],
  });
  const Tags = [{ TagKey: 'team', TagValue: 'orders' }];
  const orders = await make(['orders', 'team/orders'], { Description: 'Orders', Policy, Tags });
  await kms.send(new EnableKeyRotationCommand({ KeyId: orders, RotationPeriodInDays: 180 }));
  const old = await make(['old'], { Description: 'Of last year' });
  await kms.send(new DisableKeyCommand({ KeyId: old }));
  await make(['plain'], {});
}

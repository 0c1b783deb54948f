/**
 * Keys made by hand move from the account to Terraform, to CloudFormation and back to Terraform, following the steps that `keywright adopt`
 * writes. Terraform really takes its steps; CloudFormation's are judged by AWS's definitions of its resource types.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { credentialsAt, openCloud } from '../../kit/accounts/cloud.ts';
import { readAccounts } from '../../kit/accounts/snapshot.ts';
import { command } from '../../kit/command.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import { templateProblems } from '../../kit/templates/template-problems.ts';
import { parseTemplate, type Template } from '../../kit/templates/templates.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import { terraform } from '../../kit/terraform/run-terraform.ts';
import { overrideOf } from './root.ts';

/** Returns the text of a file that `adopt` wrote, with or without a mistake. */
export type MistakeInHandOver = (path: string, text: string) => string;

interface Written {
  readonly steps: readonly {
    readonly number: number;
    readonly expects?: { readonly forgets: readonly string[] };
  }[];
}

export const place = { account: '111122223333', region: 'eu-west-1' };
const stack = 'keys-eu-west-1';
const here = ['--account', place.account, '--region', place.region];

/** The problems, up to the first step that fails: one that is refused, a call that writes, or a key that has changed. */
export async function problemsOfRound(
  moto: Moto,
  provider: FoundProvider,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  await moto.reset();
  const recorder = await startRecorder(moto.url);
  const folder = mkdtempSync(join(tmpdir(), 'keywright-round-'));
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  try {
    const cloud = openCloud(moto.url);
    await makeKeys(cloud(place).kms);
    const look = async () => JSON.stringify((await readAccounts(cloud, [], [place], () => true)).things);
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
    write(
      'settings.tfrc',
      `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(provider.folder)}\n  }\n  direct {}\n}\n`,
    );
    const variables = { TF_CLI_CONFIG_FILE: join(folder, 'settings.tfrc'), GOGC: '400' };
    const run = async (root: string, ...args: readonly string[]) => {
      const outcome = await terraform(join(folder, root), args, undefined, { variables, timeout: 300_000 });
      if (outcome.status !== 0) throw new Error(`terraform ${args[0]} in ${root}: ${outcome.problem}${outcome.stdout}`);
      return outcome.stdout;
    };
    const intact = async (step: string) => {
      const writes = recorder.taken().filter((action) => !/^(Get|List|Describe)/.test(action));
      if (writes.length > 0) throw new Error(`${step} calls ${writes.join(', ')}`);
      const after = await look();
      if (after !== before) throw new Error(`after ${step}:\n${after}\nand before:\n${before}`);
    };
    /** Builds for one tool, and writes the steps of the hand-over to it. */
    const handOver = async (target: string, ...from: readonly string[]): Promise<Written['steps']> => {
      for (const made of ['out', 'adopt']) rmSync(join(folder, made), { recursive: true, force: true });
      write('keywright.yaml', imported.replace(/^( +)environment: .*$/m, `$&\n$1targets: [${target}]`));
      await keywright('build');
      await keywright('adopt', '--from', ...from, '--to', target, ...here);
      for (const path of readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' })) {
        if (/\.(tf|json)$/.test(path)) write(`adopt/${path}`, mistake(path, read(`adopt/${path}`)));
      }
      return (JSON.parse(read('adopt/steps/plan.json')) as Written).steps;
    };
    /** Plans, has the plan verified as the step says, and applies it. */
    const applyIn = async (root: string, step: Written['steps'][number] | undefined) => {
      await run(root, 'plan', '-out=tfplan', '-lock=false', '-no-color');
      write('tfplan.json', await run(root, 'show', '-json', 'tfplan'));
      if (step !== undefined) await keywright('adopt', '--verify', String(step.number), 'tfplan.json');
      await run(root, 'apply', '-lock=false', '-no-color', 'tfplan');
    };
    /** Terraform takes the keys over: into a state of its own, without changing anything then or later. */
    const toTerraform = async (root: string, ...from: readonly string[]) => {
      const steps = await handOver('terraform', ...from);
      cpSync(join(folder, `out/terraform/${stack}`), join(folder, root), { recursive: true });
      cpSync(join(folder, `adopt/terraform/${stack}/adopt.tf`), join(folder, root, 'adopt.tf'));
      const files = new Map([['providers.tf', read(`${root}/providers.tf`)]]);
      write(`${root}/emulator_override.tf`, await overrideOf({ folder: root, place, files }, recorder.url));
      await applyIn(
        root,
        steps.find((step) => JSON.stringify(step).includes('adopt.tf')),
      );
      rmSync(join(folder, root, 'adopt.tf'));
      await run(root, 'plan', '-detailed-exitcode', '-lock=false', '-no-color');
    };

    await keywright('import', 'account', ...here, '--out', 'keywright.yaml');
    const major = provider.version.startsWith('5.') ? 5 : 6;
    const imported = `${read('keywright.yaml')}targets: { terraform: { provider: ${major} } }\n`;
    mkdirSync(join(folder, 'first'));
    await toTerraform('first', 'account');
    await intact('from the account to Terraform');

    const steps = await handOver('cfn', 'first/terraform.tfstate');
    const template = read(`adopt/cfn/${stack}/import.template.json`);
    const list = JSON.parse(read(`adopt/cfn/${stack}/resources-to-import.json`)) as ListedResource[];
    const parsed = parseTemplate({ path: 'import.template.json', text: template });
    const wrong = [...templateProblems(await loadAwsServiceSpec(), parsed), ...importProblems(parsed.Resources, list)];
    if (wrong.length > 0) return wrong;
    const forget = readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('forget.tf'),
    );
    if (forget === undefined) return ['nothing says that Terraform forgets'];
    for (const file of ['main.tf', 'outputs.tf']) rmSync(join(folder, 'first', file), { force: true });
    cpSync(join(folder, 'adopt', forget), join(folder, 'first/forget.tf'));
    await applyIn(
      'first',
      steps.find(({ expects }) => (expects?.forgets.length ?? 0) > 0),
    );
    await intact('from Terraform to CloudFormation');

    // The output of `describe-stack-resources` after the import.
    const StackResources = list.map(({ LogicalResourceId, ResourceType, ResourceIdentifier }) => ({
      StackName: stack,
      LogicalResourceId,
      ResourceType,
      PhysicalResourceId: Object.values(ResourceIdentifier)[0],
    }));
    write('keys.template.json', template);
    write('resources.json', JSON.stringify({ StackResources }));
    mkdirSync(join(folder, 'second'));
    await toTerraform('second', 'keys.template.json', '--ids', 'resources.json');
    await intact('from CloudFormation to Terraform');
    return [];
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    return [`${String(error)}${stderr}`];
  } finally {
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface ListedResource {
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}

/** Checks that each resource of the template is imported as what it is, and would live on without its stack. */
export function importProblems(resources: Template['Resources'], list: readonly ListedResource[]): readonly string[] {
  const listed = new Map(list.map((each) => [each.LogicalResourceId, each.ResourceType]));
  return [...new Set([...Object.keys(resources), ...listed.keys()])].flatMap((id) => {
    const resource = resources[id];
    if (resource === undefined || resource.Type !== listed.get(id)) return [`${id} is not imported as what it is`];
    return 'DeletionPolicy' in resource && resource.DeletionPolicy === 'Retain' ? [] : [`${id} goes with its stack`];
  });
}

/** Keys with a policy of two statements, aliases, tags and a period; a disabled one; one with KMS's own default policy. */
export async function makeKeys(kms: ReturnType<ReturnType<typeof openCloud>>['kms']): Promise<void> {
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

/**
 * Keys made by hand move from the account to Pulumi, to CloudFormation and back to Pulumi, and from the account to CloudFormation,
 * following the steps that `keywright adopt` writes. Neither tool runs: the files are judged by AWS's definitions of its resource types,
 * and by comparing the program's requests with the keys.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { CreateAliasCommand, CreateGrantCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { credentialsAt, openCloud } from '../../kit/accounts/cloud.ts';
import { readAccounts } from '../../kit/accounts/snapshot.ts';
import { command } from '../../kit/command.ts';
import { startRecorder } from '../../kit/moto/record.ts';
import type { Moto } from '../../kit/moto/start-moto.ts';
import { templateProblems } from '../../kit/templates/template-problems.ts';
import { parseTemplate } from '../../kit/templates/templates.ts';
import { forgetProblems, imported } from './pulumi-double.ts';
import { importProblems, type ListedResource, type MistakeInHandOver, makeKeys, place } from './rounds.ts';

/** Where the keys with KMS grants are, which CloudFormation cannot have. */
const withGrants = { ...place, region: 'us-east-1' };

interface Step {
  readonly apply: readonly string[];
  readonly expects?: { readonly retains?: readonly string[]; readonly forgets?: readonly string[] };
}

/** The problems, up to the first step that fails: one that would change something, a call that writes, or a key that has changed. */
export async function problemsOfFiles(
  moto: Moto,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  await moto.reset();
  const recorder = await startRecorder(moto.url);
  const folder = mkdtempSync(join(tmpdir(), 'keywright-files-'));
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  try {
    const cloud = openCloud(moto.url);
    await makeKeys(cloud(place).kms);
    const { KeyMetadata } = await cloud(withGrants).kms.send(new CreateKeyCommand({ Description: 'With grants' }));
    const KeyId = KeyMetadata?.KeyId;
    await cloud(withGrants).kms.send(new CreateAliasCommand({ AliasName: 'alias/granted', TargetKeyId: KeyId }));
    const GranteePrincipal = `arn:aws:iam::${place.account}:root`;
    const grant = new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: 'app' });
    await cloud(withGrants).kms.send(grant);
    const look = async () => JSON.stringify((await readAccounts(cloud, [], [place, withGrants], () => true)).things);
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
    const intact = async (step: string) => {
      const writes = recorder.taken().filter((action) => !/^(Get|List|Describe)/.test(action));
      if (writes.length > 0) throw new Error(`${step} calls ${writes.join(', ')}`);
      const after = await look();
      if (after !== before) throw new Error(`after ${step}:\n${after}\nand before:\n${before}`);
    };
    /** Builds what was imported for one tool, and writes the steps that hand a stack over to it. */
    const handOver = async (target: string, stack: string, ...from: readonly string[]): Promise<readonly Step[]> => {
      for (const made of ['out', 'adopt']) rmSync(join(folder, made), { recursive: true, force: true });
      const region = stack.slice('keys-'.length);
      const here = ['--account', place.account, '--region', region];
      write('keywright.yaml', yaml[region] ?? '');
      rmSync(join(folder, 'keywright.inventory.json'), { force: true });
      const targets = read('keywright.yaml').replace(
        /^( +)(?:targets: .*\n +)?environment: .*$/m,
        `$&\n$1targets: [${target}]`,
      );
      write('keywright.yaml', targets);
      await keywright('build');
      await keywright('adopt', '--from', ...from, '--to', target, ...here);
      for (const path of readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' })) {
        if (/\.json$/.test(path)) write(`adopt/${path}`, mistake(path, read(`adopt/${path}`)));
      }
      return (JSON.parse(read('adopt/steps/plan.json')) as { readonly steps: readonly Step[] }).steps;
    };
    const yaml: Record<string, string> = {};
    for (const region of [place.region, withGrants.region]) {
      const out = `${region}.yaml`;
      await keywright(
        'import',
        'account',
        '--account',
        place.account,
        '--region',
        region,
        '--out',
        out,
        '--target',
        'pulumi',
      );
      yaml[region] = read(out).replace(/^ +targets: .*\n/m, '');
    }
    const toPulumi = async (
      at: typeof place,
      ...from: readonly string[]
    ): Promise<{ steps: readonly Step[]; text: string }> => {
      const stack = `keys-${at.region}`;
      const steps = await handOver('pulumi', stack, ...from);
      const list = JSON.parse(read(`adopt/pulumi/${stack}/import.json`));
      const project = /^name: (.*)$/m.exec(read(`out/pulumi/${stack}/Pulumi.yaml`))?.[1] ?? '';
      const program = read(`out/pulumi/${stack}/index.ts`);
      const { problems, text } = await imported({ project, program, ...at }, list, cloud(at).kms);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return { steps, text };
    };
    const stack = `keys-${place.region}`;
    const toCloudFormation = async (...from: readonly string[]): Promise<readonly Step[]> => {
      const steps = await handOver('cfn', stack, ...from);
      const template = read(`adopt/cfn/${stack}/import.template.json`);
      const list = JSON.parse(read(`adopt/cfn/${stack}/resources-to-import.json`)) as ListedResource[];
      const parsed = parseTemplate({ path: 'import.template.json', text: template });
      const wrong = [
        ...templateProblems(await loadAwsServiceSpec(), parsed),
        ...importProblems(parsed.Resources, list),
      ];
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
      return steps;
    };
    const forgottenByPulumi = (steps: readonly Step[], exported: string) => {
      const problems = forgetProblems(
        steps.flatMap(({ apply }) => apply),
        exported,
      );
      if (problems.length > 0) throw new Error(problems.join('\n'));
    };
    /** Every resource is first retained, and then forgotten. */
    const forgottenByCloudFormation = (steps: readonly Step[]) => {
      const resources = Object.keys(
        parseTemplate({ path: 'keys.template.json', text: read('keys.template.json') }).Resources,
      );
      const said = (ids: readonly string[] = []) => JSON.stringify([...ids].sort());
      const wanted = said(resources);
      const kept = steps.findIndex(({ expects }) => said(expects?.retains) === wanted);
      const forgotten = steps.findIndex(({ expects }) => said(expects?.forgets) === wanted);
      if (kept < 0 || forgotten < kept)
        throw new Error('CloudFormation does not first keep and then forget everything');
    };

    const first = await toPulumi(place, 'account');
    await intact('from the account to Pulumi');
    write('export.json', first.text);
    forgottenByPulumi(await toCloudFormation('export.json'), first.text);
    await intact('from Pulumi to CloudFormation');
    forgottenByCloudFormation((await toPulumi(place, 'keys.template.json', '--ids', 'resources.json')).steps);
    await intact('from CloudFormation to Pulumi');
    await toCloudFormation('account');
    await intact('from the account to CloudFormation');
    const granted = await toPulumi(withGrants, 'account');
    write('granted.json', granted.text);
    forgottenByPulumi(await handOver('terraform', `keys-${withGrants.region}`, 'granted.json'), granted.text);
    await intact('of keys with grants from the account through Pulumi');
    return [];
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    return [`${String(error)}${stderr}`];
  } finally {
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the states and plans of packages/read-terraform/states, which Terraform and the AWS provider make from examples and from the
 * module `team`, with an emulator of AWS. Ids, dates and credentials are replaced by fixed values. To run it: install the packages of the
 * conformance run, then `node --import tsx tools/conformance/write-states.ts`, then `npm run format`.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meaningOf } from './kit/accounts/meaning.ts';
import { plantSeed, seedOf } from './kit/accounts/seed.ts';
import { openCloud, placeOf } from './kit/cloud/cloud.ts';
import { startMoto } from './kit/moto/start-moto.ts';
import { awsProvider, settingsWith } from './kit/terraform/find-provider.ts';
import { overrideOf, type Root } from './kit/terraform/root.ts';
import { terraform } from './kit/terraform/run-terraform.ts';
import { writeBelow } from './kit/terraform/workspace.ts';
import { stepOf } from './oracles/aws-provider/group.ts';
import { subjects } from './subject.ts';

const target = join(import.meta.dirname, '../../packages/read-terraform/states');
const provider = awsProvider();
const moto = await startMoto();
const workspace = mkdtempSync(join(tmpdir(), 'keywright-states-'));
const settings = join(workspace, 'settings.tfrc');
writeFileSync(settings, settingsWith(provider));

/** Projects in which the first stack needs no other stack, and the names of their files. */
const projects = new Map([['examples/quickstart', 'quickstart']]);

try {
  cpSync(join(target, 'team'), join(workspace, 'team'), { recursive: true });
  const main = readFileSync(join(target, 'team/main.tf'), 'utf8');
  const place = { account: '111122223333', region: 'eu-west-1' };
  keep('team', await applied({ folder: 'team', place, files: new Map([['providers.tf', main]]) }));
  for await (const { name, program } of subjects(0, 0)) {
    const file = projects.get(name);
    if (file === undefined) continue;
    const step = stepOf(program, 5);
    const [root] = step?.roots ?? [];
    if (step === undefined || root === undefined) throw new Error(`the provider cannot have ${name}`);
    await moto.reset();
    const { region } = placeOf({ environment: {} });
    await plantSeed(seedOf(step.program, meaningOf(step.program)), openCloud(moto.url), region);
    keep(file, await applied(root));
  }
} finally {
  await moto.stop();
  rmSync(workspace, { recursive: true, force: true });
}

interface Files {
  readonly plan: string;
  readonly state: string;
  readonly show: string;
}

async function applied(root: Root): Promise<Files> {
  const folder = join(workspace, root.folder);
  const run = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, problem } = await terraform(folder, args, undefined, {
      variables: { TF_CLI_CONFIG_FILE: settings },
    });
    if (status !== 0) throw new Error(`${root.folder}: ${problem}`);
    return stdout;
  };
  // The module `team` has its providers in main.tf, like an existing module.
  if (root.folder !== 'team')
    for (const [name, text] of root.files) writeBelow(workspace, `${root.folder}/${name}`, text);
  writeBelow(workspace, `${root.folder}/emulator_override.tf`, await overrideOf(root, moto.url));
  await run('get');
  await run('plan', '-out=planned', '-lock=false');
  const plan = await run('show', '-json', 'planned');
  await run('apply', '-auto-approve', '-lock=false');
  // Most states also contain the values that the provider reads in a refresh.
  if (root.folder === 'team') await run('apply', '-refresh-only', '-auto-approve', '-lock=false');
  return { plan, state: readFileSync(join(folder, 'terraform.tfstate'), 'utf8'), show: await run('show', '-json') };
}

function keep(name: string, { plan, state, show }: Files): void {
  const fixed = createFixed();
  const pretty = (json: string) => `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`;
  writeFileSync(join(target, `${name}.tfstate`), fixed(pretty(state)));
  writeFileSync(join(target, `${name}.show.json`), fixed(pretty(show)));
  writeFileSync(join(target, `${name}.plan.json`), fixed(pretty(withoutCredentials(plan))));
}

/** Removes credentials, because a plan repeats the settings of providers. */
function withoutCredentials(plan: string): string {
  return JSON.stringify(
    JSON.parse(plan, (key, value) => (['access_key', 'secret_key', 'endpoints'].includes(key) ? undefined : value)),
  );
}

/** Returns a function that replaces values that differ between runs. Equal values are replaced by the same text. */
function createFixed(): (text: string) => string {
  const known = new Map<string, string>();
  const numbered = (found: string, make: (number: number) => string) => {
    const fixed = known.get(found) ?? make(known.size + 1);
    known.set(found, fixed);
    return fixed;
  };
  const digits = (number: number, length: number) => String(number).padStart(length, '0');
  return (text) =>
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
        numbered(id, (number) => `${digits(number, 8)}-0000-4000-8000-${digits(number, 12)}`),
      )
      .replaceAll(/\b20\d{24}\b/g, (id) => numbered(id, (number) => `2026${digits(number, 22)}`))
      .replaceAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '2026-11-27T00:00:00Z')
      .replaceAll(/\b(AROA|ANPA)[A-Z0-9]{12,}/g, (id) => numbered(id, (number) => `AROA${digits(number, 17)}`))
      .replaceAll(/("(?:grant_token|unique_id|private|lineage|user_id|policy_id)": )"[^"]*"/g, '$1"fixed"')
      .replaceAll(/("grant_id": ")[0-9a-f]+"/g, '$1grant"')
      .replaceAll(/("id": "[^":]+:)[0-9a-f]{8,64}"/g, '$1grant"');
}

/**
 * Keys made by hand move from the account to Terraform, to CloudFormation and back to Terraform, following the steps that `keywright adopt`
 * writes. Terraform really takes its steps; CloudFormation's are judged by AWS's definitions of its resource types.
 */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Moto } from '../../kit/moto/start-moto.ts';
import type { FoundProvider } from '../../kit/terraform/find-provider.ts';
import { overrideOf } from '../../kit/terraform/root.ts';
import { terraform } from '../../kit/terraform/run-terraform.ts';
import { importInto, type MistakeInHandOver, makeKeys, place, type Step, walkRound } from './round.ts';

const stack = 'keys-eu-west-1';

/** The problems, up to the first step that fails: one that is refused, a call that writes, or a key that has changed. */
export function problemsOfRound(
  moto: Moto,
  provider: FoundProvider,
  mistake: MistakeInHandOver = (_, text) => text,
): Promise<readonly string[]> {
  return walkRound(
    moto,
    [place],
    (cloud) => makeKeys(cloud(place).kms),
    mistake,
    async (round) => {
      const { folder, url, read, write, keywright, handOver, intact } = round;
      write(
        'settings.tfrc',
        `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(provider.folder)}\n  }\n  direct {}\n}\n`,
      );
      const variables = { TF_CLI_CONFIG_FILE: join(folder, 'settings.tfrc'), GOGC: '400' };
      const run = async (root: string, ...args: readonly string[]) => {
        const outcome = await terraform(join(folder, root), args, undefined, { variables, timeout: 300_000 });
        if (outcome.status !== 0)
          throw new Error(`terraform ${args[0]} in ${root}: ${outcome.problem}${outcome.stdout}`);
        return outcome.stdout;
      };
      /** Plans, has the plan verified as the step says, and applies it. */
      const applyIn = async (root: string, step: Step | undefined) => {
        await run(root, 'plan', '-out=tfplan', '-lock=false', '-no-color');
        write('tfplan.json', await run(root, 'show', '-json', 'tfplan'));
        if (step !== undefined) await keywright('adopt', '--verify', String(step.number), 'tfplan.json');
        await run(root, 'apply', '-lock=false', '-no-color', 'tfplan');
      };
      /** Terraform takes the keys over: into a state of its own, without changing anything then or later. */
      const toTerraform = async (root: string, ...from: readonly string[]) => {
        const steps = await handOver(yaml, 'terraform', place.region, ...from);
        cpSync(join(folder, `out/terraform/${stack}`), join(folder, root), { recursive: true });
        cpSync(join(folder, `adopt/terraform/${stack}/adopt.tf`), join(folder, root, 'adopt.tf'));
        const files = new Map([['providers.tf', read(`${root}/providers.tf`)]]);
        write(`${root}/emulator_override.tf`, await overrideOf({ folder: root, place, files }, url));
        await applyIn(
          root,
          steps.find((step) => JSON.stringify(step).includes('adopt.tf')),
        );
        rmSync(join(folder, root, 'adopt.tf'));
        await run(root, 'plan', '-detailed-exitcode', '-lock=false', '-no-color');
      };

      await keywright(
        'import',
        'account',
        '--account',
        place.account,
        '--region',
        place.region,
        '--out',
        'keywright.yaml',
      );
      const major = provider.version.startsWith('5.') ? 5 : 6;
      const yaml = `${read('keywright.yaml')}targets: { terraform: { provider: ${major} } }\n`;
      mkdirSync(join(folder, 'first'));
      await toTerraform('first', 'account');
      await intact('from the account to Terraform');

      const steps = await handOver(yaml, 'cfn', place.region, 'first/terraform.tfstate');
      await importInto(stack, round);
      const forget = readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' }).find((path) =>
        path.endsWith('forget.tf'),
      );
      if (forget === undefined) return ['nothing says that Terraform forgets'];
      for (const file of ['main.tf', 'outputs.tf']) rmSync(join(folder, 'first', file), { force: true });
      cpSync(join(folder, 'adopt', forget), join(folder, 'first/forget.tf'));
      await applyIn(
        'first',
        steps.find(({ expects }) => (expects?.forgets?.length ?? 0) > 0),
      );
      await intact('from Terraform to CloudFormation');

      mkdirSync(join(folder, 'second'));
      await toTerraform('second', 'keys.template.json', '--ids', 'resources.json');
      await intact('from CloudFormation to Terraform');
      return [];
    },
  );
}

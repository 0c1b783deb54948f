/** Runs real Terraform with the real AWS provider in a round. It takes keys over and forgets them. */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundProvider, settingsWith } from '../../kit/terraform/find-provider.ts';
import { overrideOf } from '../../kit/terraform/root.ts';
import { terraform } from '../../kit/terraform/run-terraform.ts';
import { place, type Round, type Step } from './round.ts';

export interface TerraformInRound {
  /** The line of a project that sets the version of the provider to the one on this machine. */
  readonly setting: string;
  /**
   * Builds the project for Terraform, and carries out the steps of `adopt`: the keys are imported into the state of a new root module, and
   * a second plan has nothing to do. Returns the steps.
   *
   * @param root the folder of the root module
   * @param yaml the project
   * @param regions the regions of the keys, for `--region`
   * @param from the values for `--from`
   */
  takesOver(root: string, yaml: string, regions: string, ...from: readonly string[]): Promise<readonly Step[]>;
  /** Applies the file that `adopt` wrote last and that makes Terraform forget the keys. */
  forgets(root: string, steps: readonly Step[]): Promise<void>;
}

/** Returns Terraform in the folder of a round. The keys that move are in `stack`. */
export function terraformIn(round: Round, stack: string, provider: FoundProvider): TerraformInRound {
  const { folder, url, read, write, keywright, handOver } = round;
  write('settings.tfrc', settingsWith(provider));
  const variables = { TF_CLI_CONFIG_FILE: join(folder, 'settings.tfrc'), GOGC: '400' };
  const run = async (root: string, ...args: readonly string[]) => {
    const outcome = await terraform(join(folder, root), args, undefined, { variables, timeout: 300_000 });
    if (outcome.status !== 0) throw new Error(`terraform ${args[0]} in ${root}: ${outcome.problem}${outcome.stdout}`);
    return outcome.stdout;
  };
  /** Plans, lets `adopt --verify` check the plan for the step, and applies the plan. */
  const applyIn = async (root: string, step: Step | undefined) => {
    await run(root, 'plan', '-out=tfplan', '-lock=false', '-no-color');
    write('tfplan.json', await run(root, 'show', '-json', 'tfplan'));
    if (step !== undefined) await keywright('adopt', '--verify', String(step.number), 'tfplan.json');
    await run(root, 'apply', '-lock=false', '-no-color', 'tfplan');
  };
  return {
    setting: `targets: { terraform: { provider: ${provider.version.startsWith('5.') ? 5 : 6} } }\n`,
    async takesOver(root, yaml, regions, ...from) {
      const steps = await handOver(yaml, 'terraform', regions, ...from);
      mkdirSync(join(folder, root));
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
      return steps;
    },
    async forgets(root, steps) {
      const forget = readdirSync(join(folder, 'adopt'), { recursive: true, encoding: 'utf8' }).find((path) =>
        path.endsWith('forget.tf'),
      );
      if (forget === undefined) throw new Error('no file makes Terraform forget the keys');
      for (const file of ['main.tf', 'outputs.tf']) rmSync(join(folder, root, file), { force: true });
      cpSync(join(folder, 'adopt', forget), join(folder, root, 'forget.tf'));
      await applyIn(
        root,
        steps.find(({ expects }) => (expects?.forgets?.length ?? 0) > 0),
      );
    },
  };
}

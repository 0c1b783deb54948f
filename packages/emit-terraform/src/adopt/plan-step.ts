import { type AdoptStep, type Expectation, nothing, shellWord } from '@keywright/core/emit/adoption';

/** Returns a Terraform step: create a plan, save and check it, and apply that very plan. */
export function planStep(input: {
  readonly title: string;
  readonly about: readonly string[];
  /** The folder of the root module. */
  readonly module: string;
  readonly setUp: readonly string[];
  /** The name of the plan's file in the module, without extension. */
  readonly planName: string;
  readonly expects: Partial<Pick<Expectation, 'imports' | 'forgets' | 'creates'>>;
  readonly after: readonly string[];
  readonly back: readonly string[];
}): AdoptStep {
  const { title, about, module, setUp, planName, expects, after, back } = input;
  const terraform = `terraform -chdir=${shellWord(module)}`;
  const file = `${planName}-plan.json`;
  return {
    title,
    about,
    prepare: [
      ...setUp,
      `${terraform} init`,
      `${terraform} plan -out=${planName}.tfplan`,
      `${terraform} show -json ${planName}.tfplan > ${file}`,
    ],
    expects: { tool: 'terraform', file, ...nothing, ...expects },
    apply: [`${terraform} apply ${planName}.tfplan`, ...after],
    back,
  };
}

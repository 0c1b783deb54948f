/**
 * Tests the laws behind `keywright import` and `keywright diff`. Reading back what was generated for a target gives the original program
 * (law 1). Lifting a program and compiling the result also gives the original program (law 2).
 */
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import { targets } from '../../../packages/cli/src/targets.ts';
import { compileAgain, reportedOf } from '../../../packages/cli/src/testing/compile-back.ts';
import { differencesOf, type ReadBack } from '../../../packages/cli/src/testing/read-back.ts';
import { readBackCfn } from '../../../packages/cli/src/testing/read-back-cfn.ts';
import { readBackPulumi } from '../../../packages/cli/src/testing/read-back-pulumi.ts';
import { readBackModules, readBackTerraform } from '../../../packages/cli/src/testing/read-back-terraform.ts';
import { withSomeDeployments } from '../kit/with-some-deployments.ts';
import type { Fault, Oracle, Verdict } from '../oracle.ts';
import { type Subject, subjects } from '../subject.ts';
import type { Lifted } from './laws/lifted.ts';
import { moduleFaults } from './laws/module-faults.ts';
import { programFaults } from './laws/program-faults.ts';
import { templateFaults } from './laws/template-faults.ts';
import { yamlFaults } from './laws/yaml-faults.ts';

export const readCfn = lawOne('cfn', templateFaults, ({ program, files }) => [readBackCfn(program, files)], {
  // CloudFormation takes a value of another tool from an SSM parameter, so the template does not contain it.
  isOutside: ({ program }) =>
    program.stacks.some(
      (stack) =>
        stack.targets.includes('cfn') && stack.imports.some(({ nativeTargets }) => !nativeTargets.includes('cfn')),
    ),
});

export const readTerraform = lawOne('terraform', moduleFaults, async ({ program, files }) => [
  readBackModules(program, files),
  await readBackTerraform(program, files),
]);

export const readPulumi = lawOne('pulumi', programFaults, async ({ program, files }) => [
  await readBackPulumi(program, files),
]);

/** Returns an oracle for law 1 and a target. `isOutside` says whether the generated files of a subject lack what is compared. */
function lawOne(
  target: string,
  faults: readonly Fault[],
  readBack: (subject: Subject) => readonly ReadBack[] | Promise<readonly ReadBack[]>,
  { isOutside = () => false }: { readonly isOutside?: (subject: Subject) => boolean } = {},
): Oracle {
  const chosen = targets.filter(({ name }) => name === target);
  return {
    generated: 250,
    missing: () => undefined,
    cases: (seed, _, generated) => subjects(generated, seed, chosen),
    async judge(subject) {
      const { stacks } = subject.program;
      if (!stacks.some(({ targets }) => targets.includes(target)))
        return { kind: 'outside', why: `no stack is for ${target}` };
      if (isOutside(subject)) return { kind: 'outside', why: 'a value of another tool is in no source' };
      return verdictOf(await readBack(subject));
    },
    faults,
  };
}

export const lift: Oracle<Lifted> = {
  generated: 250,
  missing: () => undefined,
  async *cases(seed, chosen, generated) {
    for await (const whole of subjects(generated, seed, [])) {
      if (!whole.name.includes(chosen)) continue;
      const subject = withSomeDeployments(whole);
      const { text, diagnostics } = liftProgram(subject.program, { targets, targetOptions: subject.targetOptions });
      yield { ...subject, text, reported: reportedOf(diagnostics) };
    }
  },
  async judge({ program, text, reported }) {
    const back = compileAgain(program, text);
    return verdictOf([{ ...back, problems: [...reported, ...back.problems] }]);
  },
  faults: yamlFaults,
};

function verdictOf(backs: readonly ReadBack[]): Verdict {
  const details = backs.flatMap(differencesOf);
  return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
}

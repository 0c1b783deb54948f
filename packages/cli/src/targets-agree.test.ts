/**
 * Any valid project means the same in every target. An independent parser reads each output, and the resources that the output would deploy
 * are compared with the IR, without any code of the emitters.
 */
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText } from '@keywright/core/project/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { deployers, filesOf } from './testing/deploy.ts';
import { deployIr } from './testing/deploy-ir.ts';

function compile(project: unknown) {
  // JSON is also valid YAML.
  return compileProject(hostOfText(JSON.stringify(project)), { targets });
}

test('every target deploys the resources of the IR', { timeout: 300_000 }, async () => {
  let compared = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, async (project) => {
      const { program, diagnostics } = compile(project);
      if (program === undefined || hasErrors(diagnostics)) {
        refused += 1;
        return;
      }
      const parameters = new Map<string, unknown>();
      const deployments = await Promise.all(
        Object.entries(deployers).map(async ([target, deploy]) => ({
          target,
          deploy,
          files: await filesOf(program, target),
          shared: { values: new Map<string, unknown>(), parameters },
        })),
      );
      for (const stack of program.stacks) {
        const expected = deployIr(stack, program);
        for (const { target, deploy, files, shared } of deployments) {
          if (!stack.targets.includes(target)) continue;
          const deployed = await deploy(stack, files, shared);
          expect({ target, ...deployed }).toEqual({ target, ...expected });
          compared += 1;
        }
      }
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 150), seed: 20261124, endOnFailure: true },
  );
  console.log({ compared, refused });
  expect(compared).toBeGreaterThan(300);
});

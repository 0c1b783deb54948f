import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Expectation } from '@keywright/core/emit/adoption';
import { terraformDeeds } from './terraform-plan.ts';
import { verify } from './verdict.ts';

/** Whether what a tool says that it would do is what a step expects and nothing else. Errors otherwise. */
export function verifyStep(expectation: Expectation, file: string, value: unknown): readonly Diagnostic[] {
  switch (expectation.tool) {
    case 'terraform':
      return verify(expectation, file, value, {
        expected: 'a plan as `terraform show -json` prints it',
        read: terraformDeeds,
      });
    case 'pulumi':
    case 'cfn':
      throw new Error(`${expectation.tool} has no check`);
  }
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Expectation } from '@keywright/core/emit/adoption';
import { changeSetActions } from './change-set.ts';
import { previewActions } from './pulumi-preview.ts';
import { planActions } from './terraform-plan.ts';
import { verify } from './verdict.ts';

/** Checks that a tool's plan does what a step expects, and nothing else. Returns what is wrong as errors. */
export function verifyStep(expectation: Expectation, file: string, value: unknown): readonly Diagnostic[] {
  switch (expectation.tool) {
    case 'terraform':
      return verify(expectation, file, value, {
        expected: 'a plan as `terraform show -json` prints it',
        read: planActions,
      });
    case 'pulumi':
      return verify(expectation, file, value, {
        expected: 'a preview as `pulumi preview --json` prints it',
        read: previewActions,
      });
    case 'cfn':
      return verify(expectation, file, value, {
        expected: 'a change set as `aws cloudformation describe-change-set` prints it',
        read: changeSetActions,
      });
  }
}

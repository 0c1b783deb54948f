import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownAction } from '../diagnostics/policy.ts';
import { kmsActions } from '../kms/actions.ts';
import type { Located } from '../project/located.ts';
import { covers } from './trust.ts';

/** Says of each action, or pattern of actions, whether KMS has one. It is KW3023 if not. */
export function checkActions(actions: readonly Located<string>[], diagnostics: Diagnostic[]): void {
  for (const { value: action, span } of actions) {
    if (action === '*' || kmsActions.some((known) => covers(action, known))) continue;
    diagnostics.push(report(unknownAction, span, { action, actions: kmsActions }));
  }
}

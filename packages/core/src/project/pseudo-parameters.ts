import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { otherReferenceInPolicyFile } from '../diagnostics/policy.ts';
import { templateText } from '../language/template-text.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/**
 * Replaces what CloudFormation would replace in a policy from a template: `{ "Ref": "AWS::AccountId" }`, `{ "Fn::Sub": "…${AWS::Region}…"
 * }` and the like become text with our placeholders, at the same place. Reports a reference to anything else in the template (KW3073).
 */
export function replacePseudoParameters({ value, locations }: ParsedSource): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const open: object[] = isContainer(value) ? [value] : [];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const members = container as Record<string, unknown>; // a mapping, or a list with its indexes
    for (const [key, member] of Object.entries(members)) {
      if (!isContainer(member)) continue;
      const text = templateText(member);
      if (text === undefined) {
        open.push(member);
        continue;
      }
      const span = locations.valueSpan(container, Array.isArray(container) ? Number(key) : key);
      for (const name of new Set(text.unknown)) diagnostics.push(report(otherReferenceInPolicyFile, span, { name }));
      members[key] = text.value;
    }
  }
  return diagnostics;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

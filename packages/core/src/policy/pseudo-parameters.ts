import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { otherReferenceInPolicyFile } from '../diagnostics/policy.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/** Our placeholder for each pseudo parameter of CloudFormation. Source: CloudFormation user guide, "Pseudo parameters reference". */
const placeholders: Readonly<Record<string, string>> = {
  'AWS::AccountId': '${account}',
  'AWS::Region': '${region}',
  'AWS::Partition': '${partition}',
  'AWS::URLSuffix': '${dnsSuffix}',
};

/**
 * Replaces what CloudFormation would: `{ "Ref": "AWS::AccountId" }` and `{ "Fn::Sub": "…${AWS::Region}…" }` in a policy that comes from a
 * template become the text with our placeholders, at the same place. A reference to anything else in the template is KW3073.
 */
export function replacePseudoParameters({ value, locations }: ParsedSource): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const open: object[] = isContainer(value) ? [value] : [];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const members = container as Record<string, unknown>; // a mapping, or a list by its indexes
    for (const [key, member] of Object.entries(members)) {
      if (!isContainer(member)) continue;
      const text = textOf(member);
      if (text === undefined) {
        open.push(member);
        continue;
      }
      const place = locations.valueSpan(container, Array.isArray(container) ? Number(key) : key);
      for (const name of text.unknown) diagnostics.push(report(otherReferenceInPolicyFile, place, { name }));
      members[key] = text.value;
    }
  }
  return diagnostics;
}

interface Replaced {
  readonly value: string;
  /** What it refers to beside pseudo parameters. */
  readonly unknown: readonly string[];
}

/** Undefined for anything but `Ref` or `Fn::Sub` of a text. */
function textOf(member: object): Replaced | undefined {
  const [[name, argument] = [], ...others] = Object.entries(member);
  if (others.length > 0 || typeof argument !== 'string') return undefined;
  if (name === 'Ref') {
    const placeholder = placeholders[argument];
    return placeholder === undefined ? { value: '', unknown: [argument] } : { value: placeholder, unknown: [] };
  }
  if (name !== 'Fn::Sub') return undefined;
  const unknown: string[] = [];
  const value = argument.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, isLiteral: string, reference: string) => {
    if (isLiteral !== '') return `$\${${reference}}`;
    const placeholder = placeholders[reference.trim()];
    if (placeholder === undefined) unknown.push(reference.trim());
    return placeholder ?? '';
  });
  return { value, unknown };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

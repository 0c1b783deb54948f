import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Plan, PlannedAction } from './verdict.ts';

/** Properties that the provider does not send to AWS. Measured with Terraform's AWS provider, the basis of Pulumi's. */
const ofProvider: readonly string[] = [
  'deletionWindowInDays',
  'bypassPolicyLockoutSafetyCheck',
  'retireOnDelete',
  'forceDetachPolicies',
  'forceDestroy',
];

/**
 * Lists what an update would do, given the output of `pulumi preview --json`. An address consists of a type and a name, as in
 * `aws:kms/key:Key::orders`. The rest of a URN identifies the stack. Source: pulumi/pulumi, `pkg/display/json.go`, `PreviewDigest` and
 * `PreviewStep`.
 */
export function previewActions(preview: Readonly<Record<string, unknown>>): Plan {
  const { steps, diagnostics = [] } = preview;
  if (!Array.isArray(steps)) return { problem: 'it has no list of steps' };
  const failed =
    Array.isArray(diagnostics) && diagnostics.some((one: unknown) => isMapping(one) && one.severity === 'error');
  if (failed) return { problem: 'the preview ended with an error' };
  const deeds: PlannedAction[] = [];
  for (const one of steps as readonly unknown[]) {
    const deed = isMapping(one) ? deedOf(one) : 'unknown';
    if (deed === 'unknown') return { problem: 'a step has no operation or URN' };
    if (deed !== undefined) deeds.push(deed);
  }
  return { actions: deeds };
}

function deedOf(step: Readonly<Record<string, unknown>>): PlannedAction | 'unknown' | undefined {
  const { op, urn, newState } = step;
  if (typeof op !== 'string' || typeof urn !== 'string') return 'unknown';
  const address = urn.split('::').slice(2).join('::');
  const other = (sentence: string): PlannedAction => ({ address, what: { kind: 'other', sentence } });
  const changed = changedIn(step).filter((name) => !ofProvider.includes(name));
  switch (op) {
    case 'same':
    case 'read':
    case 'refresh':
      return undefined;
    case 'create':
      // Only Pulumi has this resource; it does not exist in AWS.
      return address.startsWith('pulumi:pulumi:Stack::') ? undefined : { address, what: { kind: 'create' } };
    case 'import': {
      // Some versions of the engine import a resource that differs, and change it in the same update.
      if (changed.length > 0) return other(`would be imported and changed: ${changed.join(', ')}`);
      const id = isMapping(newState) ? newState.id : undefined;
      return { address, what: { kind: 'import', id: typeof id === 'string' && id !== '' ? id : undefined } };
    }
    case 'update':
      if (address.startsWith('pulumi:')) return undefined;
      return changed.length > 0 || changedIn(step).length === 0
        ? other(`would be changed: ${changed.join(', ') || 'nothing says what'}`)
        : undefined;
    case 'delete':
      return other('would be deleted');
    default:
      return other(
        op.includes('replace') || op.includes('replacement') ? 'would be replaced' : `would be changed by \`${op}\``,
      );
  }
}

function changedIn({ diffReasons, detailedDiff }: Readonly<Record<string, unknown>>): readonly string[] {
  const reasons = Array.isArray(diffReasons) ? diffReasons.filter((one): one is string => typeof one === 'string') : [];
  const paths = isMapping(detailedDiff) ? Object.keys(detailedDiff) : [];
  return [...new Set([...reasons, ...paths].map((path) => path.split(/[.[]/, 1)[0] ?? path))];
}

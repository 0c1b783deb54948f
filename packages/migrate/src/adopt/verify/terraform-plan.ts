import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Plan, PlannedAction } from './verdict.ts';

/**
 * Arguments that the provider does not send to AWS, so that setting them after an import calls no API. Measured with the AWS provider
 * 5.100: an update of these arguments alone makes no request.
 */
const ofProvider: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['deletion_window_in_days', 'bypass_policy_lockout_safety_check'],
  aws_kms_external_key: ['deletion_window_in_days', 'bypass_policy_lockout_safety_check'],
  aws_kms_replica_key: ['deletion_window_in_days', 'bypass_policy_lockout_safety_check'],
  aws_kms_replica_external_key: ['deletion_window_in_days', 'bypass_policy_lockout_safety_check'],
  aws_kms_grant: ['retire_on_delete'],
  aws_iam_role: ['force_detach_policies'],
  aws_iam_user: ['force_destroy'],
};

/**
 * Lists what a plan file would do, given the output of `terraform show -json`. Source: Terraform, "JSON Output Format", plan
 * representation.
 */
export function planActions(plan: Readonly<Record<string, unknown>>): Plan {
  const { format_version: format, resource_changes: changes = [], errored } = plan;
  if (typeof format !== 'string' || !format.startsWith('1.')) return { problem: 'it has no `format_version` 1' };
  if (!('planned_values' in plan)) return { problem: 'it has no `planned_values`, so it may be a state, not a plan' };
  if (errored === true) return { problem: 'the plan ended with an error' };
  if (!Array.isArray(changes)) return { problem: '`resource_changes` is not a list' };
  const deeds: PlannedAction[] = [];
  for (const one of changes as readonly unknown[]) {
    const deed = deedOf(one);
    if (deed === 'unknown') return { problem: 'a change has no address or actions' };
    if (deed !== undefined) deeds.push(deed);
  }
  return { actions: deeds };
}

function deedOf(one: unknown): PlannedAction | 'unknown' | undefined {
  if (!isMapping(one) || !isMapping(one.change)) return 'unknown';
  const { address, type, mode, change, deposed, action_reason: reason, previous_address: previous } = one;
  const { actions, importing } = change;
  if (typeof address !== 'string' || typeof type !== 'string' || !Array.isArray(actions)) return 'unknown';
  const action = actions.join();
  const other = (sentence: string): PlannedAction => ({ address, what: { kind: 'other', sentence } });
  if (mode === 'data') return action === 'read' || action === 'no-op' ? undefined : other(`would be read by ${action}`);
  if (deposed !== undefined) return other('would be deleted: it is left over from a replacement');
  switch (action) {
    case 'forget':
      // A `moved` block can give an instance another address before the instance is forgotten, but the step names the previous address.
      return { address: typeof previous === 'string' ? previous : address, what: { kind: 'forget' } };
    case 'create':
      return { address, what: { kind: 'create' } };
    case 'no-op':
    case 'update': {
      const written = action === 'update' ? changedIn(change).filter((name) => !ofProvider[type]?.includes(name)) : [];
      if (written.length > 0) return other(`would be changed: ${written.join(', ')}`);
      if (isMapping(importing))
        return { address, what: { kind: 'import', id: typeof importing.id === 'string' ? importing.id : undefined } };
      return undefined;
    }
    case 'delete':
      return other(`would be deleted${typeof reason === 'string' ? ` (${reason})` : ''}`);
    default:
      return other(action.includes('delete') ? 'would be replaced' : `would be changed by ${action}`);
  }
}

/** Returns the arguments that an update writes, including those whose values are known only afterwards. */
function changedIn({ before, after, after_unknown: unknown }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!isMapping(before) || !isMapping(after)) return ['all'];
  const isUnknown = (name: string) => isMapping(unknown) && unknown[name] !== undefined && hasTrue(unknown[name]);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => isUnknown(name) || JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

function hasTrue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === true;
  return Object.values(value).some(hasTrue);
}

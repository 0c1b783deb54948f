import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Plan, PlannedAction } from './verdict.ts';

/** Attributes that exist only in CloudFormation, so that a change of them alone changes nothing in AWS. */
const words: readonly unknown[] = ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];

/**
 * Lists what a change set would do, given the output of `aws cloudformation describe-change-set`. Source: CloudFormation API reference,
 * DescribeChangeSet and ResourceChange.
 */
export function changeSetActions(answer: Readonly<Record<string, unknown>>): Plan {
  const { Status: status, StatusReason: reason, Changes: changes, NextToken: more } = answer;
  if (typeof status !== 'string' || !('ChangeSetName' in answer || 'ChangeSetId' in answer))
    return { problem: 'it has no status of a change set' };
  // Only these words show that a change set is empty. Source: `aws cloudformation deploy`, which looks for them too.
  const isEmpty = typeof reason === 'string' && /didn't contain changes|No updates are to be performed/.test(reason);
  if (status === 'FAILED' && isEmpty) return { actions: [] };
  if (status !== 'CREATE_COMPLETE') return { problem: `its status is ${status}` };
  if (!Array.isArray(changes)) return { problem: 'it has no list of changes' };
  if (more !== undefined) return { problem: 'it is the first page of several' };
  const deeds: PlannedAction[] = [];
  for (const one of changes as readonly unknown[]) {
    const deed = isMapping(one) && isMapping(one.ResourceChange) ? deedOf(one.ResourceChange) : undefined;
    if (deed === undefined) return { problem: 'it has a change without a resource' };
    deeds.push(deed);
  }
  return { actions: deeds };
}

function deedOf(change: Readonly<Record<string, unknown>>): PlannedAction | undefined {
  const { Action: action, LogicalResourceId: address, PhysicalResourceId: id } = change;
  if (typeof address !== 'string' || typeof action !== 'string') return undefined;
  const other = (sentence: string): PlannedAction => ({ address, what: { kind: 'other', sentence } });
  switch (action) {
    case 'Import':
      return { address, what: { kind: 'import', id: typeof id === 'string' && id !== '' ? id : undefined } };
    case 'Add':
      return { address, what: { kind: 'create' } };
    case 'Remove':
      return change.PolicyAction === 'Retain'
        ? { address, what: { kind: 'forget' } }
        : other('would be deleted: it has no `DeletionPolicy: Retain` in what is deployed');
    case 'Modify': {
      const scope: readonly unknown[] = Array.isArray(change.Scope) ? change.Scope : [];
      const isReplaced = change.Replacement !== undefined && change.Replacement !== 'False';
      if (isReplaced) return other('would be replaced');
      return scope.length > 0 && scope.every((part) => words.includes(part))
        ? { address, what: { kind: 'reword' } }
        : other(`would be changed: ${scope.join(', ') || 'nothing says what'}`);
    }
    default:
      return other(`would be changed by ${action}`);
  }
}

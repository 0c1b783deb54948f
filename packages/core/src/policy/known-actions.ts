import { report } from '../diagnostics/diagnostic.ts';
import { misspeltAction, unknownAction } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { actionsOfOperation, kmsActions } from '../kms/actions.ts';
import type { Located } from '../project/located.ts';
import { covers } from './trust.ts';

/**
 * Corrects misspelt actions, so that one slip causes no further diagnostics. Returns the written actions and patterns, with the correction
 * in place of a slip. Reports a slip (KW1010), and any other action that KMS does not have (KW3023).
 */
export function intendedActions(actions: readonly Located<string>[]): Result<readonly string[]> {
  const collector = createCollector();
  const meantBy = actions.flatMap(({ value: action, span }) => {
    if (action === '*' || isKnownAction(action)) return [action];
    const intended = misspelledActions(action);
    collector.add(
      intended.length > 0
        ? report(misspeltAction, span, { action, meant: intended })
        : report(unknownAction, span, { action }),
    );
    return intended.length > 0 ? intended : [action];
  });
  return collector.result(meantBy);
}

/**
 * Like `intendedActions`, for a policy on a role, user or group. Such a policy can have actions of any service, so only what is written as
 * an action of KMS is corrected.
 */
export function intendedActionsOfKms(actions: readonly Located<string>[]): Result<readonly string[]> {
  const collector = createCollector();
  const meantBy = actions.flatMap((action) => {
    const { value } = action;
    const isOfKms = /^kms\b/i.test(value) || (!value.includes(':') && misspelledActions(value).length > 0);
    return isOfKms ? collector.take(intendedActions([action])) : [value];
  });
  return collector.result(meantBy);
}

/** Whether an action or pattern matches an action that KMS has. */
export function isKnownAction(pattern: string): boolean {
  return kmsActions.some((action) => covers(pattern, action));
}

/**
 * The actions that an unknown action was probably meant to be: two for the operation ReEncrypt, otherwise one, or none if no action is
 * close enough.
 */
export function misspelledActions(action: string): readonly string[] {
  const operation = actionsOfOperation(action);
  if (operation.length > 0) return operation;
  const [, service, word = ''] = /^(?:([\w-]*)[:. ]+)?([\w-]+\*?)$/.exec(action.trim()) ?? [];
  if (word === '' || (service !== undefined && nearest(service.toLowerCase(), ['kms'], 1) === undefined)) return [];
  if (word.endsWith('*') && isKnownAction(`kms:${word}`)) return [`kms:${word}`];
  const names = word.endsWith('*') ? beginnings() : wholeNames();
  const most = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  const near = nearest(word.toLowerCase(), names.keys(), most);
  return near === undefined ? [] : [`kms:${names.get(near)}`];
}

/** The names of actions without `kms:`, by their lower-case form. */
function wholeNames(): ReadonlyMap<string, string> {
  return new Map(kmsActions.map((action) => action.slice('kms:'.length)).map((name) => [name.toLowerCase(), name]));
}

/** Patterns for the first words of action names, such as `Generate*`. */
function beginnings(): ReadonlyMap<string, string> {
  return new Map(
    [...wholeNames().values()]
      .flatMap((name) => [...name.matchAll(/(?<=[a-z])(?=[A-Z])|$/g)].map(({ index }) => `${name.slice(0, index)}*`))
      .map((pattern) => [pattern.toLowerCase(), pattern]),
  );
}

import { nearest } from '@keywright/core/diagnostics/suggestion';
import { keysOfVariables } from '../../evaluate/variables.ts';
import type { PolicyCondition } from '../../picture.ts';

/** A condition key that no request has, and the condition key that was probably meant. */
export interface UnknownKey {
  readonly key: string;
  readonly near: string | undefined;
}

/**
 * The condition keys that requests do not have, in the conditions and in the policy variables of their values.
 * `suggestions`: the condition keys that requests have, with `<name>` in place of a name that the user chooses.
 */
export function unknownKeys(
  conditions: readonly PolicyCondition[],
  isKnown: (key: string) => boolean,
  suggestions: readonly string[],
): readonly UnknownKey[] {
  const keys = conditions.flatMap(({ key, values }) => [key, ...values.flatMap(keysOfVariables)]);
  return keys.flatMap((key) => (isKnown(key) ? [] : [{ key, near: suggestionFor(key, suggestions) }]));
}

export function insteadOfKey({ near }: Pick<UnknownKey, 'near'>, service: string): string {
  return near === undefined
    ? `check the name against the condition keys of ${service} and the global ones`
    : `did you mean \`${near}\`?`;
}

/** `kms:EncryptionContex:tenant` probably means `kms:EncryptionContext:tenant`. */
function suggestionFor(key: string, suggestions: readonly string[]): string | undefined {
  const family = /^(\w+:\w+[:/])(.+)$/.exec(key);
  if (family?.[1] === undefined || family[2] === undefined) return nearest(key, suggestions);
  const near = nearest(`${family[1]}<name>`, suggestions);
  return near?.replace('<name>', family[2]);
}

/** Turns zod's issues with a value into the words of the language. */
import type * as z from 'zod';
import { worthCompiling, zod } from '../schema/zod.ts';
import type { Checked } from './checked.ts';
import type { Advice } from './explanation.ts';
import { limitLengthChecks } from './length-checks.ts';

export type Issue = z.core.$ZodIssue & Advice;

/** The maximum number of messages. For a value that fits no alternative, zod creates a message for each one before we see any. */
const messageLimit = 50_000;

/** The issues that a schema finds in a value or, if there are too many to list, in the start of the value. */
export function issuesOf(
  schema: z.core.$ZodType,
  { value, source }: Checked,
): { readonly issues: readonly Issue[]; readonly isAll: boolean } {
  limitLengthChecks(schema);
  const jitless = source.text.length < worthCompiling;
  const check = (checked: unknown): readonly Issue[] | undefined => {
    let messages = 0;
    const count = (issue: z.core.$ZodRawIssue) => {
      messages += 1;
      if (messages > messageLimit) throw new RangeError('too many issues');
      return ourWords(issue);
    };
    try {
      return zod().safeParse(schema, checked, { error: count, jitless }).error?.issues ?? [];
    } catch (error) {
      // Zod itself can cause a RangeError: it passes issues as the arguments of a call, and the number of arguments is limited.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  const issues = check(value);
  return issues === undefined ? { issues: check(startOf(value)) ?? [], isAll: false } : { issues, isAll: true };
}

/**
 * The message for an issue whose schema has no message of its own. Zod's message would speak of inputs and options. An
 * issue that is explained through its parts needs no message.
 */
function ourWords(issue: z.core.$ZodRawIssue): string {
  const isList = 'origin' in issue && issue.origin === 'array';
  const unit = isList ? 'elements' : 'characters';
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'number' || issue.origin === 'int') return `it has to be at least ${issue.minimum}`;
      if (issue.minimum === 1) return isList ? 'the list is empty: it needs at least one value' : emptyText;
      return `it needs at least ${issue.minimum} ${unit}`;
    case 'too_big':
      if (issue.origin === 'number' || issue.origin === 'int') return `it can be at most ${issue.maximum}`;
      return `it can have at most ${issue.maximum} ${unit}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    default:
      return 'this value is not allowed here';
  }
}

const emptyText = 'the text is empty';

export function oneOf(values: readonly string[]): string {
  return `it has to be ${values.join(' or ')}`;
}

/** More keys than any mapping with fixed keys has. */
const manyKeys = 50;

/** A small copy of a value, with only the first entries of lists and of mappings with many keys. */
function startOf(value: unknown): unknown {
  let room = 1000;
  const copy = (part: unknown): unknown => {
    room -= 1;
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part);
    const canBeCut = Array.isArray(part) || entries.length > manyKeys;
    const copied: [string, unknown][] = [];
    for (const [key, inner] of entries) {
      if (canBeCut && room <= 0 && copied.length > 0) break;
      copied.push([key, copy(inner)]);
    }
    return Array.isArray(part) ? copied.map(([, inner]) => inner) : Object.fromEntries(copied);
  };
  return copy(value);
}

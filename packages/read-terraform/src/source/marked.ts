import { isMapping } from '@keywright/core/syntax/is-mapping';

/** Returns the names of the attributes whose mark is `true`, or a list or map that contains `true`. */
export function marked(marks: unknown): readonly string[] {
  if (!isMapping(marks)) return [];
  return Object.entries(marks).flatMap(([name, mark]) => (holdsTrue(mark) ? [name] : []));
}

/** Whether a mark is or contains `true`. */
export function holdsTrue(mark: unknown): boolean {
  const waiting = [mark];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (each === true) return true;
    if (typeof each === 'object' && each !== null) waiting.push(...Object.values(each));
  }
  return false;
}

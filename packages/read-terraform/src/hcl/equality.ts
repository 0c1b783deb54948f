import { hasMark, markPattern } from './marks.ts';
import { elementsOf, HclObject, type HclValue, plainOf } from './value.ts';

/** Whether two known values are equal; `undefined` if that depends on the values behind marks. */
export function areEqual(one: HclValue, other: HclValue): boolean | undefined {
  const [first, second] = [plainOf(one), plainOf(other)];
  // A text and the number it spells are not equal.
  if (JSON.stringify(first) === JSON.stringify(second)) return true;
  return mayBeEqual(first, second) ? undefined : false;
}

/**
 * Whether one value is null and the other a collection or a resource. Such values differ, even if the collection or resource contains
 * unknown values.
 */
export function isNullBeside(one: HclValue, other: HclValue): boolean {
  const holds = (value: HclValue) => elementsOf(value) !== undefined || value instanceof HclObject;
  return (one === null && holds(other)) || (other === null && holds(one));
}

function mayBeEqual(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') return textsMayBeEqual(one, other);
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [first, second] = [Object.entries(one), Object.entries(other)];
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if ([...first, ...second].some(([key]) => hasMark(key))) return true;
  const values = new Map(second);
  return (
    first.length === second.length &&
    first.every(([key, value]) => values.has(key) && mayBeEqual(value, values.get(key)))
  );
}

/** Whether two texts with marks may be equal. A mark replaces at least one character. */
function textsMayBeEqual(one: string, other: string): boolean {
  if (hasMark(one) && hasMark(other)) return true;
  const [text, marked] = hasMark(one) ? [other, one] : [one, other];
  const pieces = marked.split(new RegExp(markPattern));
  const last = pieces.pop() ?? '';
  const [first = ''] = pieces;
  if (pieces.length === 0) return text === marked;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1)) {
    const start = text.indexOf(piece, at + 1);
    if (start < 0) return false;
    at = start + piece.length;
  }
  return at + 1 + last.length <= text.length;
}

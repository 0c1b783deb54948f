import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Picture } from './expected.ts';

/** Returns how two pictures of a stack differ, with a line for each difference. */
export function differencesOf(stack: string, expected: Picture, found: Picture): readonly string[] {
  const lines: string[] = [];
  for (const [id, picture] of expected.resources) compare(`${stack}: ${id}`, picture, found.resources.get(id), lines);
  expected.outputs.forEach((output, index) => {
    compare(`${stack}: output ${index + 1}`, output, found.outputs[index], lines);
  });
  return lines;
}

function compare(place: string, expected: unknown, found: unknown, lines: string[]): void {
  const [one, other] = [absent(expected), absent(found)];
  if (isDeepStrictEqual(one, other)) return;
  if (isMapping(one) && isMapping(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compare(`${place} ${key}`, one[key], other[key], lines);
    }
    return;
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    one.forEach((element, index) => {
      compare(`${place}[${index}]`, element, other[index], lines);
    });
    return;
  }
  lines.push(`${place}: the IR says ${JSON.stringify(one)}, Terraform ${JSON.stringify(other)}`);
}

/** Returns `undefined` for null, which in Terraform means that a value is absent. */
function absent(value: unknown): unknown {
  return value === null ? undefined : value;
}

import { util } from 'prettier';
import { expect, test } from 'vitest';
import { stringLiteral } from './text.ts';
import { displayWidth } from './width.ts';

test('every unescaped character is as wide as Prettier assumes', () => {
  const differing: string[] = [];
  for (let codePoint = 0x20; codePoint <= 0x10ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    // Skips characters of private use and of unassigned planes, which are all treated alike.
    if (codePoint === 0x40000) codePoint = 0xf0000;
    if (stringLiteral(character) === `"${character}"` && displayWidth(character) !== util.getStringWidth(character)) {
      differing.push(codePoint.toString(16));
    }
  }
  expect(differing).toEqual([]);
});

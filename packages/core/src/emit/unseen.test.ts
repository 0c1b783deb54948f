import { expect, test } from 'vitest';
import { escapeUnseen, hasUnseen, spelledOut, wellFormed } from './unseen.ts';

test('invisible characters are escaped, and no others', () => {
  const text = 'größe 界 👩 \u200d\u00ad\u{e0001}\n\t\ue000\u{1f1e9}';
  expect(escapeUnseen(text, spelledOut)).toBe('größe 界 👩 \\u200d\\u00ad\\u{e0001}\\n\\t\\ue000\\u{1f1e9}');
});

test('no control, format, blank, surrogate or private-use character of any Unicode version remains', () => {
  const left: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    // These categories also contain Arabic and Syriac signs that number or abbreviate the text after them, but these signs are visible.
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(character) && !hasUnseen(character)) {
      left.push(codePoint.toString(16));
    }
  }
  expect(left).toEqual(['600', '601', '602', '603', '604', '605', '6dd', '70f', '890', '891', '8e2']);
});

test('a lone surrogate becomes the replacement character', () => {
  expect(wellFormed('a\ud800b👩')).toBe('a\ufffdb👩');
});

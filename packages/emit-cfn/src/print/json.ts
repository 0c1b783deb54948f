import { isList } from '@keywright/core/collections/is-list';
import { escapeUnseen, hexadecimal, wellFormed } from '@keywright/core/emit/unseen';
import type { Value } from '../template/value.ts';
import { subText } from './sub-text.ts';

/** Prints a value as JSON, indented by two spaces, without a final line break. Intrinsic functions have their long form. */
export function json(value: Value): string {
  return at('', value);
}

/** Every line but the first starts with `margin`. */
function at(margin: string, value: Value): string {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value))
    return bracketed(
      '[',
      value.map((item) => at(`${margin}  `, item)),
      ']',
      margin,
    );
  switch (value.kind) {
    case 'map':
      return bracketed(
        '{',
        value.entries.map(([key, entry]) => `${text(key)}: ${at(`${margin}  `, entry)}`),
        '}',
        margin,
      );
    case 'ref':
      return `{ "Ref": ${text(value.name)} }`;
    case 'getAtt':
      return `{ "Fn::GetAtt": [${text(value.logicalId)}, ${text(value.attribute)}] }`;
    case 'importValue':
      return `{ "Fn::ImportValue": ${at(margin, value.exportName)} }`;
    case 'sub':
      return `{ "Fn::Sub": ${text(subText(value))} }`;
    case 'join':
      return `{ "Fn::Join": ["", ${at(margin, value.parts)}] }`;
  }
}

function bracketed(open: string, items: readonly string[], close: string, margin: string): string {
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `${margin}  ${item}`).join(',\n')}\n${margin}${close}`;
}

function text(value: string): string {
  // JSON.stringify has escaped the control characters that JSON forbids; the other escapes are for reviewers. For characters beyond U+FFFF,
  // JSON has only surrogate pairs of escapes, which some YAML parsers (such as that of cfn-lint) do not accept.
  return escapeUnseen(JSON.stringify(wellFormed(value)), (codePoint) =>
    codePoint > 0xffff ? String.fromCodePoint(codePoint) : `\\u${hexadecimal(codePoint, 4)}`,
  );
}

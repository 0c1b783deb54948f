import type { Sub } from '../template/value.ts';

/** Returns the text of `Fn::Sub`, with a literal `${` written as `${!`. */
export function subText({ parts }: Sub): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part.replaceAll('${', '${!');
      return part.kind === 'ref' ? `\${${part.name}}` : `\${${part.logicalId}.${part.attribute}}`;
    })
    .join('');
}

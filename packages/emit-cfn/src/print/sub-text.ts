import type { Sub } from '../template/value.ts';

/** The text of `Fn::Sub`, where a literal `${` is written `${!`. */
export function subText({ parts }: Sub): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part.replaceAll('${', '${!');
      return part.kind === 'ref' ? `\${${part.name}}` : `\${${part.logicalId}.${part.attribute}}`;
    })
    .join('');
}

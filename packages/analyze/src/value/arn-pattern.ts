import { parseArn } from './arn.ts';
import { type Comparison, matches, type Pattern } from './compare.ts';
import { partsOf, type Value } from './value.ts';

/**
 * Whether an ARN matches a pattern. Each of the six parts is compared by itself: a `*` does not cross the first five colons. The last part
 * is everything after the fifth colon. Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export function matchesArn(pattern: Pattern, value: Value): Comparison {
  const arn = parseArn(value);
  // An entirely unknown text may turn out to be an ARN.
  if (arn === undefined) return partsOf(value).every((part) => typeof part === 'string') ? false : 'open';
  const parts = splitPattern(pattern);
  // AWS does not document patterns that are not ARNs.
  if (parts === undefined) return pattern.some((token) => typeof token === 'object') ? 'open' : false;
  const actual = ['arn', arn.partition, arn.service, arn.region, arn.account, arn.resource];
  let answer: Comparison = true;
  for (const [index, part] of parts.entries()) {
    const one = matches(part, actual[index] ?? '');
    if (one === false) return false;
    if (one === 'open') answer = 'open';
  }
  return answer;
}

function splitPattern(pattern: Pattern): readonly Pattern[] | undefined {
  const pieces: Pattern[number][][] = [[]];
  for (const token of pattern) {
    if (token === ':' && pieces.length < 6) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces.length === 6 ? pieces : undefined;
}

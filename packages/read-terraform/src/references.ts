import { concatAll, type Expression, literal } from '@keywright/core/ir/expression';
import { hasMark, type Marks, markPattern } from './hcl/marks.ts';

/** A text that names an attribute of a resource in the same stack. */
export interface KnownText {
  readonly text: string;
  readonly resource: string;
  readonly attribute: 'arn' | 'id' | 'name';
}

/**
 * Restores references in texts, since a state has ARNs only as text. An ARN or key id is recognised only if no character beside it could be
 * part of it: `key/1-2` does not match within `key/1-2*`.
 */
export interface References {
  /** Returns a resource's text, with references to the resources that the text names. */
  restored(text: string, resource: string): Expression;
  /** Returns text that cannot name the stack's resources, such as a description: only the account and the like are restored. */
  plain(text: string): Expression;
  namedIn(text: string): readonly string[];
}

const candidates = new RegExp(
  [
    markPattern,
    String.raw`arn:[a-z-]+:(?:kms|iam):[a-z0-9-]*:\d*:[\w+=,.@/*?:-]+`,
    String.raw`(?<![\w-])(?:mrk-[0-9a-f-]{32,36}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w*?-])`,
  ].join('|'),
  'g',
);

/** `isAllowed` says whether the first resource may refer to the second, which must not need the first. */
export function createReferences(
  texts: readonly KnownText[],
  isAllowed: (from: string, to: string) => boolean,
  marks?: Pick<Marks, 'expressionOf'>,
): References {
  const byText = new Map<string, KnownText | undefined>();
  // If two resources have the same text, it identifies neither of them.
  for (const each of texts) byText.set(each.text, byText.has(each.text) ? undefined : each);
  return {
    namedIn: (text) => [...text.matchAll(candidates)].flatMap(([token]) => byText.get(token)?.resource ?? []),
    restored: (text, from) =>
      replaced(text, (mark) => {
        const target = byText.get(mark);
        // A key's policy may name the key itself, which `readPolicy` reads as `*`. It recognises the ARN in a text, but the ARN of a key in
        // a module is not known, so there it needs a reference.
        const isOwn = marks !== undefined && target?.resource === from;
        if (target === undefined || !(isOwn || isAllowed(from, target.resource))) return marks?.expressionOf(mark);
        return { kind: 'reference', resource: target.resource, attribute: target.attribute };
      }),
    plain: (text) => (hasMark(text) ? replaced(text, (mark) => marks?.expressionOf(mark)) : literal(text)),
  };
}

function replaced(text: string, by: (mark: string) => Expression | undefined): Expression {
  const parts: Expression[] = [];
  let last = 0;
  for (const { 0: token, index } of text.matchAll(candidates)) {
    const expression = by(token);
    if (expression === undefined) continue;
    parts.push(literal(text.slice(last, index)), expression);
    last = index + token.length;
  }
  return concatAll([...parts, literal(text.slice(last))]);
}

/**
 * Returns a function that says whether one resource can refer to another without a cycle. `needs` has the resources that each resource
 * refers to.
 */
export function withoutCycles(needs: ReadonlyMap<string, readonly string[]>): (from: string, to: string) => boolean {
  const reached = new Map<string, ReadonlySet<string>>();
  const reachableFrom = (start: string): ReadonlySet<string> => {
    const cached = reached.get(start);
    if (cached !== undefined) return cached;
    const seen = new Set([start]);
    const waiting = [start];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      for (const next of needs.get(each) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    reached.set(start, seen);
    return seen;
  };
  return (from, to) => !reachableFrom(to).has(from);
}

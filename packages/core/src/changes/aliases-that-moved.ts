import { groupBy } from '../collections/group-by.ts';
import { aliasesMoved } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Stack } from '../ir/program.ts';
import type { Context } from './comparison.ts';

/**
 * Reports aliases of the last build that now point to another of its keys (KW5173), once for each pair of keys. An alias that now points to
 * a new key is not reported, since this is how a key gets another spec.
 */
export function reportMovedAliases({
  movedAliases,
  previous,
  follow,
}: Pick<Context, 'movedAliases' | 'previous' | 'follow'>): readonly Diagnostic[] {
  const before = new Set(
    previous.stacks.flatMap((known) => {
      const own = new Set(known.resources.flatMap(({ kind, key }) => (kind === 'key' ? [key] : [])));
      return known.resources.flatMap(({ kind, key }) => {
        // An imported key is known only by its aliases, and never moves.
        if (kind === 'alias' && !own.has(key)) return [`${known.name}/${key}`];
        if (kind !== 'key') return [];
        const where = follow(known, key);
        return where.kind === 'there' ? [labelOf(where.stack, where.key)] : [];
      });
    }),
  );
  const all = movedAliases.filter(({ stack, alias }) => before.has(labelOf(stack, alias.keyName)));
  const pairs = groupBy(all, ({ stack, from, alias }) => JSON.stringify([stack.name, ...[from, alias.keyName].sort()]));
  return [...pairs.values()].flatMap((moved) => {
    const [first] = moved;
    if (first === undefined) return [];
    const { stack, from, alias } = first;
    const to = alias.keyName;
    const namesOf = (key: string) => moved.filter((one) => one.from === key).map((one) => one.alias.aliasName);
    const related = moved
      .slice(1)
      .flatMap(({ alias: { aliasName, source } }) =>
        source.span === undefined ? [] : [{ message: `\`${aliasName}\` is here`, span: source.span }],
      );
    const aliases = { from, to, moved: namesOf(from), back: namesOf(to) };
    return inStack(stack, [report(aliasesMoved, alias.source.span, aliases, related)]);
  });
}

function labelOf({ name }: Stack, key: string): string {
  return `${name}/${key}`;
}

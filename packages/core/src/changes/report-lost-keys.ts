import { groupBy } from '../collections/group-by.ts';
import { keyGone, movedToAnotherPlace } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { LostKey, LostKeys } from './lost.ts';
import { definitionNow, definitionOf, guessedIn, type Situation } from './lost-situation.ts';
import { entriesFor } from './removal-entries.ts';

export function keysGone(lost: readonly LostKeys[], context: Situation): readonly Diagnostic[] {
  const all = groupBy(
    lost.flatMap(({ known, keys, deployment }) => keys.map((key) => ({ known, key, deployment }))),
    ({ deployment: { definition }, key }) => JSON.stringify([definition, key.key]),
  );
  const guesses = guessedIn(lost, context);
  return lost.flatMap(({ known, keys, deployment: { stack: name, definition, span } }) => {
    const isRenamed = name !== known.name && definition !== known.definition;
    const stack = isRenamed ? (known.definition ?? known.name) : name;
    return keys.flatMap((key) => {
      const everywhere = all.get(JSON.stringify([definition, key.key])) ?? [];
      // One entry covers all deployments, so a guess from one deployment also holds in a deployment that does not have the new key.
      const guess = guesses.get(key) ?? everywhere.flatMap((one) => guesses.get(one.key) ?? [])[0];
      const removed = entriesFor(
        `key: ${key.key}`,
        everywhere.map((one) => one.key),
      );
      const parameters = { stack, definition, key: key.key, removed };
      const without = everywhere.flatMap((one) => (guesses.has(one.key) ? [] : (one.known.environment.name ?? [])));
      const renaming = guess !== undefined && { from: guess.from, to: guess.to, under: guess.stack, without };
      return inStack({ name }, [report(keyGone, guess?.span ?? span, { ...parameters, ...renaming })]);
    });
  });
}

/** Reports keys that an entry would move out of their account or region, once for each former definition and entry. */
export function keysElsewhere(lost: readonly LostKey[], context: Situation): readonly Diagnostic[] {
  const groups = groupBy(lost, ({ known, move: { toStack, span } }) =>
    JSON.stringify([known.definition ?? known.name, definitionOf(toStack, context), span]),
  );
  return [...groups.values()].map((group) => {
    const [{ known, move }] = group;
    const { definition: stack = known.name } = known;
    const to = definitionOf(move.toStack, context);
    const others = context.previous.stacks.flatMap((one) => {
      const name = one.definition === known.definition ? one.environment.name : undefined;
      const moves = group.some(({ key }) => {
        const where = context.follow(one, key.key);
        return where.kind === 'there' && where.through.some(({ span }) => span === move.span);
      });
      return name !== undefined && known.definition !== undefined && moves ? [name] : [];
    });
    return report(movedToAnotherPlace, move.span, {
      keys: [...new Set(group.map(({ key }) => key.key))],
      stack,
      environments: [...new Set(group.flatMap((one) => one.known.environment.name ?? []))],
      to,
      others,
      ...removalsElsewhere(group, to, context),
    });
  });
}

/** The entries of `removed` for keys that cannot move to the definition `to`, and the definition under which to write them. */
function removalsElsewhere(
  group: readonly [LostKey, ...(readonly LostKey[])],
  to: string,
  context: Situation,
): { readonly removed: string; readonly under?: string } {
  const [{ known, move }] = group;
  const here = context.deployments.get(known.name)?.definition;
  const by = (what: (one: LostKey) => string) =>
    [...groupBy(group, what)]
      .map(([entry, all]) =>
        entriesFor(
          entry,
          all.map(({ key }) => key),
        ),
      )
      .join(', ');
  if (here !== undefined) return { removed: by(({ key }) => `key: ${key.key}`), under: here };
  const under = move.from === undefined ? to : definitionNow(known, context)?.definition;
  return under === undefined || known.environment.name === undefined
    ? { removed: by((one) => `stack: ${one.known.name}`) }
    : { removed: by((one) => `environment: ${one.known.environment.name}`), under };
}

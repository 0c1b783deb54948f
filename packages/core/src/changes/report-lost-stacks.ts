import { groupBy } from '../collections/group-by.ts';
import { stackGone } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Stack } from '../ir/program.ts';
import type { Span } from '../source/span.ts';
import type { KnownKey, KnownStack } from './inventory.ts';
import type { LostStack } from './lost.ts';
import { definitionNow, definitionOf, guessedIn, renamed, type Situation } from './lost-situation.ts';
import { entriesFor } from './removal-entries.ts';

/**
 * Reports lost stacks, once for each definition. Stacks that seem to have another name now are reported once for each old and new
 * definition.
 */
export function stacksGone(lost: readonly LostStack[], context: Situation): readonly Diagnostic[] {
  const groups = groupBy(lost, (one) => {
    const now = renamed(one, context);
    return JSON.stringify([one.known.definition ?? one.known.name, now && definitionOf(now.name, context)]);
  });
  return [...groups.values()].flatMap((group) => stackWasLost(group, context));
}

/**
 * Reports lost deployments of one definition. Either the deployments are gone, or all of them seem to belong to one other definition now.
 */
function stackWasLost(
  lost: readonly [LostStack, ...(readonly LostStack[])],
  context: Situation,
): readonly Diagnostic[] {
  const [first] = lost;
  const { known } = first;
  const now = renamed(first, context);
  const to = now && context.deployments.get(now.name);
  const guess = guessedMoves(lost, now, context);
  const definition = definitionNow(known, context);
  const environments = lost.flatMap((one) => one.known.environment.name ?? []);
  const isInOthers = definition !== undefined && lost.length > 1;
  const stack = (definition === undefined || isInOthers ? known.definition : undefined) ?? known.name;
  const keys = lost.flatMap((one) => one.keys);
  const whole = now === undefined ? [] : lost.map((one) => `{ from: ${nameForMove(one.known, now)}.* }`);
  const moved = [...new Set([...whole, ...(guess?.entries ?? [])])];
  const under = to?.definition ?? guess?.under;
  const removed = (): { readonly removed?: string; readonly under?: string } => {
    if (definition === undefined) return { removed: entriesFor(`stack: ${stack}`, keys) };
    // The new stack takes the place of the lost one.
    if (to?.definition === definition.definition || environments.length < lost.length) return {};
    const under = definition.definition;
    return { under, removed: leftEnvironments(lost, under, context) };
  };
  const diagnostic = report(stackGone, definition?.span ?? to?.span ?? guess?.span, {
    stack,
    environments: isInOthers ? environments : [],
    keys: [...new Set(keys.map(({ key }) => key))],
    ...(under !== undefined && { moved: moved.join(', '), to: under }),
    ...removed(),
  });
  return lost.length > 1 ? [diagnostic] : inStack(known, [diagnostic]);
}

/**
 * Entries of `moved` for lost keys that may have other names in another stack now. `whole`: the stack that has keys of the same names, if
 * there is one. All entries are for one stack. The result is `undefined` if the keys may be in several stacks.
 */
function guessedMoves(
  lost: readonly LostStack[],
  whole: Stack | undefined,
  context: Situation,
): { readonly under: string; readonly entries: readonly string[]; readonly span: Span } | undefined {
  const same = new Set(whole?.resources.flatMap((one) => (one.kind === 'key' ? [one.name] : [])));
  const renamedKeys = lost.map(({ known, keys }) => ({
    known,
    keys: keys.filter((one): one is KnownKey => one.kind === 'key' && !same.has(one.key)),
  }));
  const under = whole && definitionOf(whole.name, context);
  const guesses = [...guessedIn(renamedKeys, context).values()].filter(({ stack }) => stack === (under ?? stack));
  const [first] = guesses;
  if (first === undefined || guesses.some(({ stack }) => stack !== first.stack)) return undefined;
  const entries = guesses.map(({ from, to }) => `{ from: ${from}, to: ${to} }`);
  return { under: first.stack, entries, span: first.span };
}

/**
 * The name of a lost stack in an entry of `moved`. If the stack now belongs to another definition with several environments, this is the
 * name of its former definition, which covers all environments; otherwise it is the stack's own name.
 */
function nameForMove(known: KnownStack, now: Stack | undefined): string {
  const isOfList = now?.definition !== undefined && known.definition !== undefined;
  return isOfList && now.definition !== known.definition ? known.definition : known.name;
}

/**
 * Entries for environments that a definition has left. Groups and accounts that the definition has left completely come first, the largest
 * first, so that few environments have to be named one by one.
 */
function leftEnvironments(lost: readonly LostStack[], definition: string, { changes, program }: Situation): string {
  const stays = new Set(
    program.stacks.flatMap(({ name, environment }) =>
      environment.name !== undefined && name === `${definition}-${environment.name}` ? [environment.name] : [],
    ),
  );
  const sets = [...changes.environmentSets].filter(([, members]) => ![...members.keys()].some((one) => stays.has(one)));
  const entries: string[] = [];
  let rest = lost;
  const take = (reference: string, isIn: (environment: string) => boolean) => {
    const [taken, others] = [true, false].map((is) =>
      rest.filter(({ known }) => isIn(known.environment.name ?? '') === is),
    );
    rest = others ?? [];
    entries.push(
      entriesFor(
        `environment: ${reference}`,
        (taken ?? []).flatMap(({ keys }) => keys),
      ),
    );
  };
  const countOf = (members: ReadonlyMap<string, unknown>) =>
    rest.filter(({ known }) => members.has(known.environment.name ?? '')).length;
  for (;;) {
    const [largest] = sets.toSorted(([, one], [, other]) => countOf(other) - countOf(one) || one.size - other.size);
    if (largest === undefined || countOf(largest[1]) < 2) break;
    take(largest[0], (environment) => largest[1].has(environment));
  }
  for (const { known } of rest)
    take(known.environment.name ?? '', (environment) => environment === known.environment.name);
  return entries.join(', ');
}

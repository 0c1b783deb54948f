import { movesInCircles, movesToNothing, saidTwice, stillThere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { declaredAccounts } from '../project/declared-accounts.ts';
import type { Project } from '../project/project.ts';
import { withAliasPrefix } from '../resolve/alias-names.ts';
import type { Model, StackModel } from '../resolve/model.ts';
import type { Changes, Move, Removal, RemovedPlace } from './declared.ts';

/** Checks `moved` and `removed` by themselves, independent of the last build. */
export function checkDeclared(changes: Changes, model: Model, project: Project): readonly Diagnostic[] {
  const stacks = new Map(model.stacks.map((stack) => [stack.name, stack]));
  return [
    ...changes.moves.flatMap((move) => inStack({ name: move.toStack }, checkMove(move, changes, stacks))),
    ...changes.removals.flatMap((removal) => inStack({ name: removal.stack }, checkRemoval(removal, stacks))),
    ...changes.removedPlaces.flatMap(({ what, span }) =>
      isStillThere(what, project)
        ? [report(stillThere, span, { what: `the ${describePlace(what)}`, entry: 'removed' as const })]
        : [],
    ),
    ...circles(changes.moves),
    ...twice(changes),
  ];
}

function isStillThere({ environment, account }: RemovedPlace['what'], project: Project): boolean {
  if (environment !== undefined) return project.environments.has(environment);
  return account !== undefined && (project.accounts.has(account) || declaredAccounts(project).has(account));
}

const describePlace = ({ environment, account }: RemovedPlace['what']) =>
  environment === undefined ? `account \`${account}\`` : `environment \`${environment}\``;

function checkMove(move: Move, { moves }: Changes, stacks: ReadonlyMap<string, StackModel>): readonly Diagnostic[] {
  const { toStack, fromStack = toStack, from, to, span } = move;
  const diagnostics: Diagnostic[] = [];
  const target = stacks.get(toStack);
  const isFurtherMoved = moves.some((other) => (other.fromStack ?? other.toStack) === toStack && other.from === to);
  if (to !== undefined && target?.keys.has(to) !== true && target?.absentKeys.has(to) !== true && !isFurtherMoved) {
    diagnostics.push(report(movesToNothing, span, { stack: toStack, to }));
  }
  const isTakenAgain = moves.some((other) => other.toStack === fromStack && other.to === from);
  if (from !== undefined && stacks.get(fromStack)?.keys.has(from) === true && !isTakenAgain) {
    diagnostics.push(report(stillThere, span, { what: `the key \`${from}\``, entry: 'moved' }));
  }
  return diagnostics;
}

function checkRemoval(removal: Removal, stacks: ReadonlyMap<string, StackModel>): readonly Diagnostic[] {
  const stack = stacks.get(removal.stack);
  if (stack === undefined) return [];
  const there = whatIsThere(removal, stack, stacks);
  // A key that `in` removes from one environment exists in others, to which the entry does not apply.
  const deployments = [...stacks.values()].filter(({ definition }) => definition === stack.definition);
  const isGoneElsewhere = deployments.some((one) => one !== stack && whatIsThere(removal, one, stacks) === undefined);
  return there === undefined || isGoneElsewhere
    ? []
    : [report(stillThere, removal.span, { what: there, entry: 'removed' })];
}

function whatIsThere(
  { what, definition }: Removal,
  stack: StackModel,
  stacks: ReadonlyMap<string, StackModel>,
): string | undefined {
  const { key, replica, alias, target, environment } = what;
  const keys = [...stack.keys.values()];
  if (key !== undefined) {
    const found = stack.keys.get(key);
    if (replica === undefined) return found && `the key \`${key}\``;
    const isThere = found?.replicas.some((one) => one.environment.name === replica);
    return isThere ? `the replica of \`${key}\` in \`${replica}\`` : undefined;
  }
  if (alias !== undefined) {
    const name = withAliasPrefix(alias);
    const holders = [...keys.flatMap((one) => [one, ...one.replicas]), ...stack.imports.values()];
    return holders.some(({ aliases }) => aliases.some(({ aliasName }) => aliasName === name))
      ? `the alias \`${alias}\``
      : undefined;
  }
  if (target !== undefined) return stack.targets.includes(target) ? `the target \`${target}\`` : undefined;
  if (environment !== undefined) {
    const lives = [...stacks.values()].some(
      (one) => one.definition.name === definition && one.environment.name === environment,
    );
    return lives ? `the environment \`${environment}\`` : undefined;
  }
  const named = what.stack;
  const isThere = [...stacks.values()].some(({ name, definition }) => name === named || definition.name === named);
  return isThere ? `the stack \`${named}\`` : undefined;
}

const placeOf = (stack: string, key: string | undefined) => `${stack}.${key ?? '*'}`;

function circles(moves: readonly Move[]): readonly Diagnostic[] {
  const next = new Map(moves.map((move) => [placeOf(move.fromStack ?? move.toStack, move.from), move]));
  return moves.flatMap((move) => {
    if (move.from === undefined) return [];
    const start = placeOf(move.fromStack ?? move.toStack, move.from);
    const seen = new Set<string>();
    for (let at: Move | undefined = move; at?.to !== undefined; ) {
      const place = placeOf(at.toStack, at.to);
      if (place === start) {
        return inStack({ name: move.toStack }, [report(movesInCircles, move.span, { from: move.from })]);
      }
      if (seen.has(place)) return [];
      seen.add(place);
      at = next.get(place);
    }
    return [];
  });
}

/** Entries that contradict another entry of the same stack. */
function twice({ moves, removals, removedPlaces }: Changes): readonly Diagnostic[] {
  const seen = new Map<string, { readonly message: string; readonly span: Move['span'] }>();
  const claim = (stack: string, entry: string, what: string, span: Move['span']): readonly Diagnostic[] => {
    const identity = `${stack} ${entry}`;
    const first = seen.get(identity);
    if (first === undefined) {
      seen.set(identity, { message: 'the other entry', span });
      return [];
    }
    const found = [report(saidTwice, span, { what }, [first])];
    return stack === '' ? found : inStack({ name: stack }, found);
  };
  return [
    ...moves.flatMap(({ toStack, fromStack = toStack, from, to, span }) => [
      ...claim(toStack, `from ${placeOf(fromStack, from)}`, from ?? `${fromStack}.*`, span),
      ...(to === undefined ? [] : claim(toStack, `to ${to}`, to, span)),
    ]),
    ...removedPlaces.flatMap(({ what, span }) => claim('', describePlace(what), Object.values(what).join(), span)),
    ...removals.flatMap(({ stack, what, span }) => {
      const name = Object.values(what).join(', ');
      const isKey = what.key !== undefined && what.replica === undefined;
      return claim(stack, isKey ? `from ${placeOf(stack, what.key)}` : JSON.stringify(what), name, span);
    }),
  ];
}

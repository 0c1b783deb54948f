import { movesInCircles, movesToNothing, saidTwice, stillThere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Project } from '../project/project.ts';
import { writtenAliasName } from '../resolve/alias-names.ts';
import type { Model, StackModel } from '../resolve/model.ts';
import { type Changes, type Move, namesAlias, namesEnvironment, type Removal, type RemovedPlace } from './declared.ts';

/** Checks `moved` and `removed` without regard to the last build. */
export function checkDeclared(changes: Changes, model: Model, project: Project): readonly Diagnostic[] {
  const stacks = new Map(model.stacks.map((stack) => [stack.name, stack]));
  return [
    ...changes.moves.flatMap((move) => inStack({ name: move.toStack }, checkMove(move, changes, stacks))),
    ...changes.removals.flatMap((removal) => inStack({ name: removal.stack }, checkRemoval(removal, changes, stacks))),
    ...changes.removedPlaces.flatMap(({ what, span }) =>
      isStillThere(what, model, project)
        ? [report(stillThere, span, { what: `the ${describePlace(what)}`, entry: 'removed' as const })]
        : [],
    ),
    ...project.moved.flatMap((entry) => checkMovedPlace(entry, model, project)),
    ...circles(changes.moves),
    ...twice(changes, stacks),
  ];
}

function isStillThere(
  { environment, account, region, stack }: RemovedPlace['what'],
  { environments: { all, named }, deployments }: Model,
  { accounts }: Project,
): boolean {
  if (environment !== undefined) return all.has(environment);
  if (account !== undefined) {
    const ofName = accounts.has(account) && (named.get(account)?.size ?? 0) > 0;
    return ofName || [...all.values()].some((one) => one.account === account);
  }
  if (region !== undefined) return [...all.values()].some((one) => one.region === region);
  return deployments.some(({ name, definition }) => name === stack || definition.name === stack);
}

function describePlace(what: RemovedPlace['what']): string {
  const [[kind, name] = []] = Object.entries(what);
  return `${kind} \`${name}\``;
}

function checkMovedPlace(
  { value, span }: Project['moved'][number],
  { environments: { all } }: Model,
  { accounts }: Project,
): readonly Diagnostic[] {
  const { environment, account, to } = value;
  const kind = account === undefined ? 'environment' : 'account';
  const from = environment ?? account ?? '';
  const candidates = [...(account === undefined ? all : accounts).keys()];
  return [
    ...(candidates.includes(to) ? [] : [report(unknownName, span, { kind, name: to, candidates })]),
    ...(candidates.includes(from)
      ? [report(stillThere, span, { what: `the ${kind} \`${from}\``, entry: 'moved' as const })]
      : []),
  ];
}

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

function checkRemoval(
  removal: Removal,
  changes: Changes,
  stacks: ReadonlyMap<string, StackModel>,
): readonly Diagnostic[] {
  const stack = stacks.get(removal.stack);
  if (stack === undefined) return [];
  const there = whatIsThere(removal, changes, stack, stacks);
  // If `in` removes the key from one environment only, the entry applies to that environment: the key may stay in other environments.
  const deployments = [...stacks.values()].filter(({ definition }) => definition === stack.definition);
  const isGoneElsewhere = deployments.some(
    (one) => one !== stack && whatIsThere(removal, changes, one, stacks) === undefined,
  );
  return there === undefined || isGoneElsewhere
    ? []
    : [report(stillThere, removal.span, { what: there, entry: 'removed' })];
}

function whatIsThere(
  removal: Removal,
  changes: Changes,
  stack: StackModel,
  stacks: ReadonlyMap<string, StackModel>,
): string | undefined {
  const { what, definition } = removal;
  const { key, replica, alias, target, environment } = what;
  const keys = [...stack.keys.values()];
  if (key !== undefined) {
    const model = stack.keys.get(key);
    if (replica === undefined) return model && `the key \`${key}\``;
    const isThere = model?.replicas.some(({ environment: { name, region } }) => name === replica || region === replica);
    return isThere ? `the replica of \`${key}\` in \`${replica}\`` : undefined;
  }
  if (alias !== undefined) {
    const holders = [...keys.flatMap((one) => [one, ...one.replicas]), ...stack.imports.values()];
    // If the entry repeats the written text of an alias, this alias may still exist: the text may have given another name in the last
    // build.
    return holders.some(({ aliases }) =>
      aliases.some(
        ({ id, aliasName, written, keyName }) =>
          aliasName === removal.aliasName &&
          (written === undefined || !namesAlias(removal, writtenAliasName(id), keyName)),
      ),
    )
      ? `the alias \`${alias}\``
      : undefined;
  }
  if (target !== undefined) return stack.targets.includes(target) ? `the target \`${target}\`` : undefined;
  if (environment !== undefined) {
    const there = [...stacks.values()].find(
      (one) => one.definition.name === definition && namesEnvironment(removal, one.environment.name ?? '', changes),
    );
    return there && `the environment \`${there.environment.name}\``;
  }
  const named = what.stack;
  const isThere = [...stacks.values()].some(({ name, definition }) => name === named || definition.name === named);
  return isThere ? `the stack \`${named}\`` : undefined;
}

const placeOf = (stack: string, key: string | undefined) => `${stack}.${key ?? '*'}`;

/** Reports each circle once, at its first entry. */
function circles(moves: readonly Move[]): readonly Diagnostic[] {
  const next = new Map(moves.map((move) => [placeOf(move.fromStack ?? move.toStack, move.from), move]));
  const inCircles = new Set<string>();
  return moves.flatMap((move) => {
    if (move.from === undefined) return [];
    const start = placeOf(move.fromStack ?? move.toStack, move.from);
    if (inCircles.has(start)) return [];
    const seen = new Set<string>();
    for (let at: Move | undefined = move; at?.to !== undefined; ) {
      const place = placeOf(at.toStack, at.to);
      if (place === start) {
        for (const one of [start, ...seen]) inCircles.add(one);
        const parameters = { from: move.from, isByOthers: seen.size > 0 };
        return inStack({ name: move.toStack }, [report(movesInCircles, move.span, parameters)]);
      }
      if (seen.has(place)) return [];
      seen.add(place);
      at = next.get(place);
    }
    return [];
  });
}

/**
 * Reports entries that repeat or contradict another entry of the same stack. Two entries of `removed` about the same keys may differ in
 * `then`, since the keys may have had both kinds of `removal`. A key may both move and be removed if, under its new name, it is absent in
 * some environments.
 */
function twice(
  { moves, removals, removedPlaces }: Changes,
  stacks: ReadonlyMap<string, StackModel>,
): readonly Diagnostic[] {
  const movesInSome = (definition: string, key: string) =>
    moves.some(({ toStack, fromStack, from, to }) => {
      const stack = stacks.get(toStack);
      if (stack?.definition.name !== definition || fromStack !== undefined || from !== key) return false;
      return to !== undefined && stack.absentKeys.has(to);
    });
  const seen = new Map<string, { readonly message: string; readonly span: Move['span'] }>();
  const claim = (stack: string, entry: string, what: string, span: Move['span'], then = ''): readonly Diagnostic[] => {
    const identity = `${stack} ${entry}`;
    // An entry of `moved` about a key contradicts any entry of `removed` about the key, whatever its `then`.
    const first = seen.get(identity) ?? seen.get(`${identity} ${then}`);
    if (first === undefined) {
      seen.set(then === '' ? identity : `${identity} ${then}`, { message: 'the other entry', span });
      return [];
    }
    const repetition = [report(saidTwice, span, { what }, [first])];
    return stack === '' ? repetition : inStack({ name: stack }, repetition);
  };
  return [
    ...moves.flatMap(({ toStack, fromStack = toStack, from, to, span }) => [
      ...claim(toStack, `from ${placeOf(fromStack, from)}`, from ?? `${fromStack}.*`, span),
      ...(to === undefined ? [] : claim(toStack, `to ${to}`, to, span)),
    ]),
    ...removedPlaces.flatMap(({ what, outcome, span }) =>
      claim('', describePlace(what), Object.values(what).join(), span, outcome),
    ),
    ...removals.flatMap(({ stack, definition, what, outcome, span }) => {
      const name = Object.values(what).join(', ');
      const { key, replica } = what;
      const contradictsMove = key !== undefined && replica === undefined && !movesInSome(definition, key);
      return claim(stack, contradictsMove ? `from ${placeOf(stack, key)}` : JSON.stringify(what), name, span, outcome);
    }),
  ];
}

/** Merges diagnostics that are the same in many deployments. */
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Stack } from '@keywright/core/ir/program';
import { isOfProject } from '@keywright/core/resolve/is-of-project';
import type { Reported } from './contents.ts';
import { environmentsInWords, type ReplaceNames, replaceNamesOf } from './environments.ts';

/** Diagnostics that read the same after placeholders replace the values of their environments. */
interface Alike {
  readonly members: Diagnostic[];
  readonly stacks: Set<Stack>;
}

/**
 * Merges diagnostics, and adds the environments that they apply to. Diagnostics are merged if they have the same span and code, and read
 * the same once `${environment}`, `${account}` and `${region}` replace the names, accounts and regions of their own environments. The
 * merged diagnostic is at the position of the first. An account or region that all of them have stays as it is. `all` are the stacks of the
 * program. Diagnostics about no stack, or only about stacks in a single environment, are unchanged.
 */
export function foldDiagnostics(diagnostics: readonly Diagnostic[], all: readonly Stack[]): readonly Reported[] {
  const stacks = all.filter(({ environment }) => isOfProject(environment));
  const nowhere = new Set(all.filter((stack) => !stacks.includes(stack)).map(({ name }) => name));
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const neutrals = new Map<Stack, ReplaceNames>();
  const neutralOf = (stack: Stack): ReplaceNames => {
    const replaceNames = neutrals.get(stack) ?? replaceNamesOf(stack);
    neutrals.set(stack, replaceNames);
    return replaceNames;
  };
  const groups = new Map<unknown, Alike>();
  for (const diagnostic of diagnostics) {
    const names = (diagnostic.stacks ?? []).filter((name) => !nowhere.has(name));
    const stacksOfDiagnostic = names.flatMap((name) => byName.get(name) ?? []);
    const isKnown = names.length > 0 && stacksOfDiagnostic.length === names.length;
    if (!isKnown || stacksOfDiagnostic.every(({ definition }) => definition === undefined)) {
      groups.set(diagnostic, { members: [diagnostic], stacks: new Set() });
      continue;
    }
    const { code, severity, span, message, help, related } = neutralOfAll(
      diagnostic,
      stacksOfDiagnostic.map(neutralOf),
    );
    const key = JSON.stringify([code, severity, span, message, help, related]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [diagnostic], stacks: new Set(stacksOfDiagnostic) });
    else {
      group.members.push(diagnostic);
      for (const stack of stacksOfDiagnostic) group.stacks.add(stack);
    }
  }
  return [...groups.values()].flatMap(({ members, stacks: alike }): readonly Reported[] => {
    const [first, ...others] = members;
    if (first === undefined) return [];
    const where = environmentsOf([...alike], stacks);
    if (others.length === 0) return [{ ...first, ...(where && { where }) }];
    const ofFirst = (first.stacks ?? []).flatMap((name) => byName.get(name) ?? []);
    const shown = neutralOfAll(
      first,
      ofFirst.map((stack) => replaceNamesOf(withoutCommonPlace(stack, alike))),
    );
    return [{ ...textsOfAll(shown, members), ...(where && { where }) }];
  });
}

/** Returns the stack without an account or a region that all these stacks have. */
function withoutCommonPlace({ environment }: Stack, stacks: ReadonlySet<Stack>): Pick<Stack, 'environment'> {
  const { account, region, ...others } = environment;
  const all = [...stacks].map((stack) => stack.environment);
  return {
    environment: {
      ...others,
      ...(account !== undefined && all.some((other) => other.account !== account) && { account }),
      ...(region !== undefined && all.some((other) => other.region !== region) && { region }),
    },
  };
}

/** A text that is the same in all members stays as it is. */
function textsOfAll(neutral: Diagnostic, members: readonly Diagnostic[]): Diagnostic {
  const [first = neutral, ...others] = members;
  const common = (textOf: (one: Diagnostic) => string | undefined) => {
    const text = textOf(first);
    return others.every((one) => textOf(one) === text) ? text : undefined;
  };
  return {
    ...neutral,
    message: common(({ message }) => message) ?? neutral.message,
    help: common(({ help }) => help) ?? neutral.help,
    related: neutral.related.map((span, index) => ({
      ...span,
      message: common(({ related }) => related[index]?.message) ?? span.message,
    })),
  };
}

/**
 * Replaces the names, accounts and regions of the environments. Returns the diagnostic unchanged if the environments disagree about what to
 * replace.
 */
function neutralOfAll(diagnostic: Diagnostic, neutrals: readonly ReplaceNames[]): Diagnostic {
  const [first, ...others] = neutrals;
  if (first === undefined) return diagnostic;
  const { message, help, related } = diagnostic;
  const texts = [message, help, ...related.map((span) => span.message)];
  if (others.some((neutral) => texts.some((text) => neutral(text) !== first(text)))) return diagnostic;
  return {
    ...diagnostic,
    message: first(message),
    help: first(help),
    related: related.map((span) => ({ ...span, message: first(span.message) })),
  };
}

/** Returns the environments of the affected stacks, in words and by name; `undefined` if there is only one deployment. */
function environmentsOf(affected: readonly Stack[], stacks: readonly Stack[]): Reported['where'] {
  const definitions = new Set(affected.flatMap(({ definition }) => definition ?? []));
  const all = stacks.filter(
    (stack) => affected.includes(stack) || (stack.definition !== undefined && definitions.has(stack.definition)),
  );
  if (all.length <= 1) return undefined;
  const isOne = definitions.size === 1 && affected.every(({ definition }) => definition !== undefined);
  const environments = affected.map(({ name, environment }) => (isOne ? environment.name : undefined) ?? name);
  return {
    environments: [...new Set(affected.map(({ name, environment }) => environment.name ?? name))],
    // Several definitions may each be in a single environment.
    words: environmentsInWords(environments, all.length, isOne ? 'environments' : 'deployments'),
  };
}

/** Diagnostics that are the same in many deployments, put together. */
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Stack } from '@keywright/core/ir/program';
import type { Reported } from './contents.ts';
import { environmentsInWords, type Neutral, neutralIn } from './environments.ts';

/** A diagnostic as it reads with what belongs to an environment taken out, and all that read so. */
interface Alike {
  readonly neutral: Diagnostic;
  readonly members: Diagnostic[];
  readonly stacks: Set<Stack>;
}

/**
 * Diagnostics with the environments that they hold for. Those of one place and code that say the same once the names, accounts and regions
 * of their own environments are written as `${environment}`, `${account}` and `${region}` become one, in the place of the first. `stacks`
 * are those of the program. What is about no stack, or only about stacks that are in one environment, stays as it is.
 */
export function foldDiagnostics(diagnostics: readonly Diagnostic[], stacks: readonly Stack[]): readonly Reported[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const neutrals = new Map<Stack, Neutral>();
  const neutralOf = (stack: Stack): Neutral => {
    const known = neutrals.get(stack) ?? neutralIn(stack);
    neutrals.set(stack, known);
    return known;
  };
  const groups = new Map<unknown, Alike>();
  for (const diagnostic of diagnostics) {
    const own = (diagnostic.stacks ?? []).flatMap((name) => byName.get(name) ?? []);
    const isKnown = own.length > 0 && own.length === diagnostic.stacks?.length;
    if (!isKnown || own.every(({ definition }) => definition === undefined)) {
      groups.set(diagnostic, { neutral: diagnostic, members: [diagnostic], stacks: new Set() });
      continue;
    }
    const neutral = neutralOfAll(diagnostic, own.map(neutralOf));
    const { code, severity, span, message, help, related } = neutral;
    const key = JSON.stringify([code, severity, span, message, help, related]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { neutral, members: [diagnostic], stacks: new Set(own) });
    else {
      group.members.push(diagnostic);
      for (const stack of own) group.stacks.add(stack);
    }
  }
  return [...groups.values()].flatMap(({ neutral, members, stacks: own }): readonly Reported[] => {
    const [first, ...others] = members;
    if (first === undefined) return [];
    const where = environmentsOf([...own], stacks);
    return [{ ...(others.length === 0 ? first : neutral), ...(where && { where }) }];
  });
}

/** Without what belongs to the environments; unchanged where these disagree about what in it is theirs. */
function neutralOfAll(diagnostic: Diagnostic, neutrals: readonly Neutral[]): Diagnostic {
  const [first, ...others] = neutrals;
  if (first === undefined) return diagnostic;
  const { message, help, related } = diagnostic;
  const texts = [message, help, ...related.map((place) => place.message)];
  if (others.some((neutral) => texts.some((text) => neutral(text) !== first(text)))) return diagnostic;
  return {
    ...diagnostic,
    message: first(message),
    help: first(help),
    related: related.map((place) => ({ ...place, message: first(place.message) })),
  };
}

/** The environments of stacks, in words and by name, or undefined where there is no other. */
function environmentsOf(own: readonly Stack[], stacks: readonly Stack[]): Reported['where'] {
  const definitions = new Set(own.flatMap(({ definition }) => definition ?? []));
  const all = stacks.filter(
    (stack) => own.includes(stack) || (stack.definition !== undefined && definitions.has(stack.definition)),
  );
  if (all.length <= 1) return undefined;
  const isOne = definitions.size === 1 && own.every(({ definition }) => definition !== undefined);
  const environments = own.map(({ name, environment }) => (isOne ? environment.name : undefined) ?? name);
  return {
    environments: [...new Set(own.map(({ name, environment }) => environment.name ?? name))],
    // Several definitions can be in one environment each time.
    words: environmentsInWords(environments, all.length, isOne ? 'environments' : 'deployments'),
  };
}

/** Turns more stacks than memory holds into the `keywright.yaml` that means them: of those that are the same, two stand for all. */
import type { Environment, Program } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { parseSource } from '@keywright/core/syntax/parse';
import { groupBy } from '../group-by.ts';
import { compileText } from './draft/compile-draft.ts';
import type { Draft } from './draft/draft.ts';
import { inOrder } from './draft/in-order.ts';
import { printYaml } from './draft/print-yaml.ts';
import { type Lifted, type LiftOptions, liftDraft } from './lift-program.ts';
import { isTheSame, type Meaning, meaningOf } from './meaning/meaning.ts';
import { normalise } from './normalise.ts';
import { environmentDefinition } from './raw/raw-draft.ts';

/** A stack of which more than this need not be held. */
export interface ManyStack {
  readonly name: string;
  /** Its own, and those of its replicas. */
  readonly environments: readonly (Environment & { readonly name: string })[];
  /** The same for stacks that may be one definition in several environments. */
  readonly shape: string;
}

export interface ManyStacks {
  readonly stacks: readonly ManyStack[];
  /** Some of them, whole. */
  readonly read: (names: ReadonlySet<string>) => Pick<Reading, 'origins'> & { readonly program: Program };
}

export interface LiftedMany extends Lifted {
  /** The names of the stacks that the text has, but which `program` leaves to those that are the same. */
  readonly alike: ReadonlySet<string>;
}

/** How many stacks are compiled at a time, to see that those which two stand for are the same. */
const stacksAtATime = 20;

/**
 * As `liftProgram`. Of each shape two stacks are lifted. Where these become one definition, the others are added to its environments, and
 * are then compiled, some at a time, and compared with what was read. A shape of which that fails is lifted with all its stacks.
 */
export function liftMany({ stacks, read }: ManyStacks, options: Omit<LiftOptions, 'origins'>): LiftedMany {
  const { targets } = options;
  const groups = groupBy(stacks, ({ shape }) => shape).filter(({ length }) => length > 2);
  const apart = new Set<string>();
  for (;;) {
    const alike = groups.filter(([{ shape }]) => !apart.has(shape));
    const others = alike.flatMap((group) => group.slice(2));
    const added = new Set(others.map(({ name }) => name));
    const whole = read(new Set(stacks.flatMap(({ name }) => (added.has(name) ? [] : [name]))));
    const lifted = liftDraft(whole.program, { ...options, origins: whole.origins });
    const definitions = new Map(alike.map((group) => [group[0].shape, definitionOf(group, lifted.draft)]));
    const wrong = new Set([...definitions].flatMap(([shape, definition]) => (definition === undefined ? [shape] : [])));
    for (let start = 0; start < others.length && wrong.size === 0; start += stacksAtATime) {
      const some = others.slice(start, start + stacksAtATime);
      const draft = withEnvironments(
        { ...lifted.draft, environments: {}, stacks: {} },
        some,
        lifted.draft,
        definitions,
      );
      const meant = normalise(read(new Set(some.map(({ name }) => name))).program, targets);
      if (compiled(draft, meaningOf(meant.program, targets), targets) !== undefined) continue;
      for (const { shape } of some) wrong.add(shape);
    }
    if (wrong.size > 0) {
      for (const shape of wrong) apart.add(shape);
      continue;
    }
    const program = compiled(lifted.draft, lifted.meaning, targets);
    if (program === undefined) throw new Error('the YAML that was printed does not mean what it has to');
    const all = withEnvironments(lifted.draft, others, lifted.draft, definitions);
    const text = printed({ ...all, environments: inOrderOf(stacks, all.environments) });
    return { text, program, diagnostics: lifted.diagnostics, alike: added };
  }
}

/** The definition that the first two stacks of a group have become; undefined if they have not. */
function definitionOf(group: readonly ManyStack[], { stacks = {} }: Draft): string | undefined {
  const [one, other] = group.map(({ environments: [own] }) => own?.name);
  const [found] = Object.entries(stacks).filter(
    ([name, { environment }]) =>
      Array.isArray(environment) &&
      environment.some((member) => member === one) &&
      environment.some((member) => member === other) &&
      group.every((stack) => stack.name === `${name}-${stack.environments[0]?.name}`),
  );
  return found?.[0];
}

/** A draft with stacks more in the definitions of their shapes, which are those of a whole draft. */
function withEnvironments(
  draft: Draft,
  more: readonly ManyStack[],
  whole: Draft,
  definitions: ReadonlyMap<string, string | undefined>,
): Draft {
  const environments = { ...draft.environments };
  const stacks = { ...draft.stacks };
  for (const [shape, of] of groupBy(more, (stack) => stack.shape).map((group) => [group[0].shape, group] as const)) {
    const name = definitions.get(shape) ?? '';
    for (const one of of.flatMap((stack) => stack.environments)) {
      const definition = environmentDefinition(one);
      if (definition !== undefined) environments[one.name] = definition;
    }
    const already = [stacks[name]?.environment ?? []].flat();
    const environment = [...already, ...of.flatMap((stack) => stack.environments[0]?.name ?? [])];
    stacks[name] = { ...whole.stacks?.[name], environment };
  }
  return { ...draft, environments, stacks };
}

/** Environments in the order in which stacks were read. */
function inOrderOf(stacks: readonly ManyStack[], environments: Draft['environments'] = {}): Draft['environments'] {
  const read = stacks.flatMap((stack) => stack.environments.map(({ name }) => name));
  const ordered = [...new Set([...read, ...Object.keys(environments)])];
  return Object.fromEntries(ordered.flatMap((name) => (environments[name] ? [[name, environments[name]]] : [])));
}

/** What a draft compiles to if that means what it has to. */
function compiled(draft: Draft, meaning: Meaning, targets: LiftOptions['targets']): Program | undefined {
  const { program } = compileText(printed(draft), targets);
  return program !== undefined && isTheSame(meaning, meaningOf(program, targets)) ? program : undefined;
}

/** A draft as YAML, which is read again: what is compiled in parts is printed as a whole. */
function printed(draft: Draft): string {
  const ordered = inOrder(draft);
  const text = printYaml(ordered);
  const { value } = parseSource({ path: 'keywright.yaml', text });
  if (JSON.stringify(value) !== JSON.stringify(ordered))
    throw new Error('the YAML that was printed says something else');
  return text;
}

/** Turns more stacks than fit in memory into a `keywright.yaml` that means the same. Of equal stacks, only two are lifted. */
import { groupBy } from '@keywright/core/collections/group-by';
import type { Environment, Program } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { parseSource } from '@keywright/core/syntax/parse';
import { compileText } from './draft/compile-draft.ts';
import type { Draft } from './draft/draft.ts';
import { inOrder } from './draft/in-order.ts';
import { printYaml } from './draft/print-yaml.ts';
import { type Lifted, type LiftOptions, liftDraft } from './lift-program.ts';
import { isTheSame, type Meaning, meaningOf } from './meaning/meaning.ts';
import { normalise } from './normalise.ts';
import { environmentDefinition } from './raw/raw-draft.ts';

/** The facts about a stack that stay in memory. */
export interface ManyStack {
  readonly name: string;
  /** The environment of the stack, and those of its replicas. */
  readonly environments: readonly (Environment & { readonly name: string })[];
  /** A text that is the same for stacks that may become one definition in several environments. */
  readonly shape: string;
}

export interface ManyStacks {
  readonly stacks: readonly ManyStack[];
  /** Reads some of these stacks completely. */
  readonly read: (names: ReadonlySet<string>) => Pick<Reading, 'origins'> & { readonly program: Program };
}

export interface LiftedMany extends Lifted {
  /** The names of the stacks that the text contains but `program` does not, because an equal stack was lifted. */
  readonly alike: ReadonlySet<string>;
}

/** The number of stacks that are compiled at a time, to be compared with the two lifted stacks. */
const stacksAtATime = 20;

/**
 * Like `liftProgram`, but for many stacks. First, two stacks of each shape are lifted. If the two become one definition, the environments
 * of the other stacks are added to the definition. The other stacks are then compiled, some at a time, and compared with what was read. If
 * a comparison fails, all stacks of the shape are lifted.
 */
export function liftMany({ stacks, read }: ManyStacks, options: Omit<LiftOptions, 'origins'>): LiftedMany {
  const { targets } = options;
  const groups = [...groupBy(stacks, ({ shape }) => shape).values()].filter(({ length }) => length > 2);
  const apart = new Set<string>();
  for (;;) {
    const alike = groups.filter(([{ shape }]) => !apart.has(shape));
    const others = alike.flatMap((group) => group.slice(2));
    const added = new Set(others.map(({ name }) => name));
    const whole = read(new Set(stacks.flatMap(({ name }) => (added.has(name) ? [] : [name]))));
    const lifted = liftDraft(whole.program, { ...options, origins: whole.origins });
    const definitions = new Map(alike.map((group) => [group[0].shape, definitionOf(group, lifted.draft)]));
    const failedShapes = new Set(
      [...definitions].flatMap(([shape, definition]) => (definition === undefined ? [shape] : [])),
    );
    for (let start = 0; start < others.length && failedShapes.size === 0; start += stacksAtATime) {
      const some = others.slice(start, start + stacksAtATime);
      const draft = withEnvironments(
        { ...lifted.draft, environments: {}, stacks: {} },
        some,
        lifted.draft,
        definitions,
      );
      const normalised = normalise(read(new Set(some.map(({ name }) => name))).program, targets);
      if (compiled(draft, meaningOf(normalised.program, targets), targets) !== undefined) continue;
      for (const { shape } of some) failedShapes.add(shape);
    }
    if (failedShapes.size > 0) {
      for (const shape of failedShapes) apart.add(shape);
      continue;
    }
    const program = compiled(lifted.draft, lifted.meaning, targets);
    if (program === undefined) throw new Error('the YAML that was printed does not mean what it has to');
    const all = withEnvironments(lifted.draft, others, lifted.draft, definitions);
    const text = printed({ ...all, environments: inOrderOf(stacks, all.environments) });
    return { text, program, diagnostics: lifted.diagnostics, alike: added };
  }
}

/** Returns the definition that the first two stacks of a group became; `undefined` if they did not become one definition. */
function definitionOf(group: readonly ManyStack[], { stacks = {} }: Draft): string | undefined {
  const [one, other] = group.map(({ environments: [environment] }) => environment?.name);
  const [entry] = Object.entries(stacks).filter(
    ([name, { environment }]) =>
      Array.isArray(environment) &&
      environment.some((member) => member === one) &&
      environment.some((member) => member === other) &&
      group.every((stack) => stack.name === `${name}-${stack.environments[0]?.name}`),
  );
  return entry?.[0];
}

/** Adds to a draft the environments of more stacks, and the definitions of their shapes from `whole`. */
function withEnvironments(
  draft: Draft,
  more: readonly ManyStack[],
  whole: Draft,
  definitions: ReadonlyMap<string, string | undefined>,
): Draft {
  const environments = { ...draft.environments };
  const stacks = { ...draft.stacks };
  for (const [shape, of] of groupBy(more, (stack) => stack.shape)) {
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

function inOrderOf(stacks: readonly ManyStack[], environments: Draft['environments'] = {}): Draft['environments'] {
  const read = stacks.flatMap((stack) => stack.environments.map(({ name }) => name));
  const ordered = [...new Set([...read, ...Object.keys(environments)])];
  return Object.fromEntries(ordered.flatMap((name) => (environments[name] ? [[name, environments[name]]] : [])));
}

/** Returns the program that a draft compiles to; `undefined` if it does not have the required meaning. */
function compiled(draft: Draft, meaning: Meaning, targets: LiftOptions['targets']): Program | undefined {
  const { program, isWhole } = compileText(printed(draft), targets);
  return program !== undefined && isWhole && isTheSame(meaning, meaningOf(program, targets)) ? program : undefined;
}

/**
 * Prints a draft as YAML, and reads the text back to make sure that it has the draft's content: parts of it are compiled, but the whole is
 * printed.
 */
function printed(draft: Draft): string {
  const ordered = inOrder(draft);
  const text = printYaml(ordered);
  const { value } = parseSource({ path: 'keywright.yaml', text });
  if (JSON.stringify(value) !== JSON.stringify(ordered))
    throw new Error('the YAML that was printed says something else');
  return text;
}

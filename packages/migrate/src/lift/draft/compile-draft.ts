import { type Compilation, compileProject } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import type { StackDefinition } from '@keywright/core/language/stack';
import { hostOfText } from '@keywright/core/project/host';
import type { Span } from '@keywright/core/source/span';
import { type Draft, type Entry, environmentsOf, type StackSection, stackSections } from './draft.ts';

/** The entry, statement or stacks that a line of a draft is about. */
export interface DraftEntry {
  readonly entry?: Entry;
  /** The statement that the line is part of, if any. */
  readonly statement?: StatementEntry;
  /** The stacks that the line affects, if it is part of no entry: it is a property of a stack or of an environment. */
  readonly stacks?: readonly string[];
}

/** A statement in an entry, by its position from 0. */
export interface StatementEntry {
  /** The replica whose policy has the statement, counted from 0. */
  readonly replica?: number;
  readonly index: number;
}

export interface DraftError extends DraftEntry {
  readonly diagnostic: Diagnostic;
}

export interface Trial {
  readonly compilation: Compilation;
  /** The entry of a stack that contains a span of the draft. */
  readonly entryAt: (span: Span | undefined) => Entry | undefined;
  readonly errors: readonly DraftError[];
}

/** Compiles a draft, and finds the entry or statement of each error. */
export function compileDraft(draft: Draft, targets: readonly Target<unknown>[]): Trial {
  const { text, places } = onLines(draft);
  const compilation = compileText(text, targets);
  const entryAt = (span: Span | undefined) => places[(span?.line ?? 0) - 1] ?? {};
  const errors = compilation.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({ ...entryAt(diagnostic.span), diagnostic }));
  return { compilation, entryAt: (span) => entryAt(span).entry, errors };
}

/** Compiles a whole `keywright.yaml`. */
export function compileText(text: string, targets: readonly Target<unknown>[]): Compilation {
  return compileProject(hostOfText(text), { targets });
}

/**
 * Prints the draft as YAML in the form of JSON, with every entry of a stack and every statement on its own lines. `places` says what is on
 * each line.
 */
function onLines(draft: Draft): { readonly text: string; readonly places: readonly DraftEntry[] } {
  const lines = [...linesOf(draft)];
  return { text: lines.map(([text]) => text).join('\n'), places: lines.map(([, place]) => place) };
}

type Line = readonly [text: string, place: DraftEntry];

function* linesOf({ stacks = {}, environments = {}, ...rest }: Draft): Generator<Line> {
  yield ['{', {}];
  for (const [name, value] of Object.entries(rest)) yield [member(name, value), {}];
  yield [opened('environments', '{'), {}];
  for (const [name, environment] of Object.entries(environments)) {
    const inIt = Object.entries(stacks).filter(([, stack]) => environmentsOf(stack).includes(name));
    yield [member(name, environment), { stacks: inIt.map(([stack]) => stack) }];
  }
  yield ['},', {}];
  yield [opened('stacks', '{'), {}];
  for (const [stack, definition] of Object.entries(stacks)) yield* linesOfStack(stack, definition);
  yield ['}', {}];
  yield ['}', {}];
}

function* linesOfStack(stack: string, definition: StackDefinition): Generator<Line> {
  const inStack = { stacks: [stack] };
  yield [opened(stack, '{'), inStack];
  for (const [property, value] of Object.entries(definition)) {
    const section = stackSections.find((one) => one === property);
    if (section === undefined) {
      yield [member(property, value), inStack];
      continue;
    }
    yield [opened(section, '{'), inStack];
    for (const [name, inner] of Object.entries<object | string>(definition[section] ?? {}))
      yield* linesOfEntry({ stack, section, name }, inner);
    yield ['},', inStack];
  }
  yield ['},', inStack];
}

function* linesOfEntry(entry: Entry, definition: object | string): Generator<Line> {
  if (typeof definition !== 'object') {
    yield [member(entry.name, definition), { entry }];
    return;
  }
  yield [opened(entry.name, '{'), { entry }];
  yield* linesOfDefinition(definition, entry);
  yield ['},', { entry }];
}

function* linesOfDefinition(definition: object, entry: Entry, replica?: number): Generator<Line> {
  for (const [property, value] of Object.entries(definition)) {
    if (!Array.isArray(value) || !['policy', 'statements', 'replicas'].includes(property)) {
      yield [member(property, value), { entry }];
      continue;
    }
    yield [opened(property, '['), { entry }];
    for (const [index, one] of value.entries()) {
      if (property === 'replicas') {
        yield ['{', { entry }];
        yield* linesOfDefinition(one, entry, index);
        yield ['},', { entry }];
        continue;
      }
      const statement = { ...(replica !== undefined && { replica }), index };
      yield [`${JSON.stringify(one)},`, { entry, ...(property === statementsOf[entry.section] && { statement }) }];
    }
    yield ['],', { entry }];
  }
}

function member(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)},`;
}

function opened(name: string, bracket: '{' | '['): string {
  return `${JSON.stringify(name)}: ${bracket}`;
}

/** The property that has an entry's whole policy, statement by statement, before parts of the policy are recognised. */
const statementsOf: Partial<Record<StackSection, string>> = { keys: 'policy', identityPolicies: 'statements' };

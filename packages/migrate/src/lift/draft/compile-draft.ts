import { type Compilation, compileProject } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import { hostOfText } from '@keywright/core/project/host';
import type { Span } from '@keywright/core/source/span';
import { type Draft, type Entry, environmentsOf, type StackSection, stackSections } from './draft.ts';

/** The entry that a line of a draft belongs to. */
export interface DraftEntry {
  readonly entry?: Entry;
  /** The statement that the line belongs to; `undefined` if the line belongs to none. */
  readonly statement?: StatementEntry;
  /** The stacks that the line affects, if it belongs to no entry: it is a property of a stack or of an environment. */
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

/** Compiles a draft, and finds out what each error belongs to. */
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
 * The draft as YAML in the form of JSON, with every entry of a stack and every statement on lines of its own. `places`: what is on each
 * line.
 */
function onLines(draft: Draft): { readonly text: string; readonly places: readonly DraftEntry[] } {
  const lines: string[] = [];
  const places: DraftEntry[] = [];
  const add = (text: string, place: DraftEntry = {}) => {
    lines.push(text);
    places.push(place);
  };
  const member = (name: string, value: unknown) => `${JSON.stringify(name)}: ${JSON.stringify(value)},`;
  const opened = (name: string, bracket: '{' | '[') => `${JSON.stringify(name)}: ${bracket}`;
  const addDefinition = (definition: object, entry: Entry, replica?: number) => {
    for (const [property, value] of Object.entries(definition)) {
      if (!Array.isArray(value) || !['policy', 'statements', 'replicas'].includes(property)) {
        add(member(property, value), { entry });
        continue;
      }
      add(opened(property, '['), { entry });
      value.forEach((one: object, index) => {
        if (property === 'replicas') {
          add('{', { entry });
          addDefinition(one, entry, index);
          add('},', { entry });
          return;
        }
        const statement = { ...(replica !== undefined && { replica }), index };
        add(`${JSON.stringify(one)},`, { entry, ...(property === statementsOf[entry.section] && { statement }) });
      });
      add('],', { entry });
    }
  };
  const { stacks = {}, environments = {}, ...rest } = draft;
  add('{');
  for (const [name, value] of Object.entries(rest)) add(member(name, value));
  add('"environments": {');
  for (const [name, environment] of Object.entries(environments)) {
    const inIt = Object.entries(stacks).filter(([, stack]) => environmentsOf(stack).includes(name));
    add(member(name, environment), { stacks: inIt.map(([stack]) => stack) });
  }
  add('},');
  add('"stacks": {');
  for (const [stack, definition] of Object.entries(stacks)) {
    const inStack = { stacks: [stack] };
    add(opened(stack, '{'), inStack);
    for (const [property, value] of Object.entries(definition)) {
      const section = stackSections.find((one) => one === property);
      if (section === undefined) {
        add(member(property, value), inStack);
        continue;
      }
      add(opened(section, '{'), inStack);
      for (const [name, inner] of Object.entries<object | string>(definition[section] ?? {})) {
        const entry = { stack, section, name };
        if (typeof inner !== 'object') {
          add(member(name, inner), { entry });
          continue;
        }
        add(opened(name, '{'), { entry });
        addDefinition(inner, entry);
        add('},', { entry });
      }
      add('},', inStack);
    }
    add('},', inStack);
  }
  add('}');
  add('}');
  return { text: lines.join('\n'), places };
}

/** The property that holds an entry's whole policy, statement by statement, before parts of the policy are recognised. */
const statementsOf: Partial<Record<StackSection, string>> = { keys: 'policy', identityPolicies: 'statements' };

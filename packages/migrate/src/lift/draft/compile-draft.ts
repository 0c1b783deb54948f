import { type Compilation, compileProject } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import type { Span } from '@keywright/core/source/span';
import { type Draft, type Entry, stackSections } from './draft.ts';

/** What the compiler makes of a draft. */
export interface Trial {
  readonly compilation: Compilation;
  /** The entry of a stack that a place in the draft is in. */
  readonly entryAt: (span: Span | undefined) => Entry | undefined;
  readonly errors: readonly { readonly entry: Entry | undefined; readonly diagnostic: Diagnostic }[];
}

/** Compiles a draft. Each error comes with the entry of a stack that it is about, if it is about one. */
export function compileDraft(draft: Draft, targets: readonly Target<unknown>[]): Trial {
  const { text, entries } = onLines(draft);
  const compilation = compileText(text, targets);
  const entryAt = (span: Span | undefined) => entries[(span?.line ?? 0) - 1];
  const errors = compilation.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({ entry: entryAt(diagnostic.span), diagnostic }));
  return { compilation, entryAt, errors };
}

/** Compiles a whole `keywright.yaml`. */
export function compileText(text: string, targets: readonly Target<unknown>[]): Compilation {
  return compileProject(
    { readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }), glob: () => [] },
    { targets },
  );
}

/** The draft as YAML in the form of JSON, with every entry of a stack on a line of its own; which one by line. */
function onLines(draft: Draft): { readonly text: string; readonly entries: readonly (Entry | undefined)[] } {
  const lines: string[] = [];
  const entries: (Entry | undefined)[] = [];
  const add = (text: string, entry?: Entry) => {
    lines.push(text);
    entries.push(entry);
  };
  const { stacks = {}, ...rest } = draft;
  add('{');
  for (const [name, value] of Object.entries(rest)) add(`${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  add('"stacks": {');
  for (const [stack, definition] of Object.entries(stacks)) {
    add(`${JSON.stringify(stack)}: {`);
    for (const [property, value] of Object.entries(definition)) {
      const section = stackSections.find((one) => one === property);
      if (section === undefined) {
        add(`${JSON.stringify(property)}: ${JSON.stringify(value)},`);
        continue;
      }
      add(`${JSON.stringify(section)}: {`);
      for (const [name, inner] of Object.entries(definition[section] ?? {})) {
        add(`${JSON.stringify(name)}: ${JSON.stringify(inner)},`, { stack, section, name });
      }
      add('},');
    }
    add('},');
  }
  add('}');
  add('}');
  return { text: lines.join('\n'), entries };
}

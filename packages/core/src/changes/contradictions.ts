import { saidTwice } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/span.ts';

/** An entry of `moved` or `removed`. */
interface Entry {
  readonly span: Span;
}

/**
 * Entries about keys that another entry decides about. Such an entry may be about other keys too; one that decides about none contradicts the
 * other (KW5158).
 */
export interface Contradictions {
  /** Of several entries about one key, `what`, some decide what becomes of it. */
  add(what: string, deciding: readonly Entry[], others: readonly Entry[]): void;
  /** The contradictions among all that were added. */
  report(): readonly Diagnostic[];
}

export function createContradictions(): Contradictions {
  const decided = new Set<string>();
  const passedOver = new Map<string, { readonly what: string; readonly entry: Entry; readonly by: Entry }>();
  const identity = ({ span: { file, line, column } }: Entry) => `${file} ${line} ${column}`;
  return {
    add(what, deciding, others) {
      for (const one of deciding) decided.add(identity(one));
      const [by] = deciding;
      if (by === undefined) return;
      for (const entry of others) {
        if (!passedOver.has(identity(entry))) passedOver.set(identity(entry), { what, entry, by });
      }
    },
    report: () =>
      [...passedOver].flatMap(([place, { what, entry, by }]) =>
        decided.has(place)
          ? []
          : [report(saidTwice, entry.span, { what }, [{ message: 'the other entry', span: by.span }])],
      ),
  };
}

import { saidTwice } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/span.ts';

interface Entry {
  readonly span: Span;
}

/**
 * Collects entries about keys whose fate another entry decides. A collected entry may still decide about other keys. If it decides about
 * none, it contradicts the other entry (KW5158).
 */
export interface Contradictions {
  /** Adds the entries about the key `what`. The entries in `deciding` decide the fate of the key; `others` do not. */
  add(what: string, deciding: readonly Entry[], others: readonly Entry[]): void;
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

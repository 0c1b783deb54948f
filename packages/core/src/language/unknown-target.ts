import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownTarget } from '../diagnostics/resolve.ts';
import type { Span } from '../source/span.ts';
import { wordAmong } from './other-values.ts';

/** Reports a word that names none of the targets (KW2011). */
export function unknownTargetAt(span: Span | undefined, name: string, targets: readonly string[]): Diagnostic {
  return report(unknownTarget, span, { name, candidates: targets, meant: wordAmong(name, targets) });
}

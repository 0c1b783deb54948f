import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { placeholderNotReplaced } from '../diagnostics/resolve.ts';
import type { Span } from '../source/span.ts';

/** The placeholders of the language. Others, such as the policy variables of IAM, are text. */
const placeholder =
  /(?<!\$)\$\{(?:account|region|partition|dnsSuffix|environment|purpose|app|stack|key|(?:values|account)\.[^{}]*)\}/;

/** Reports a placeholder in a text in which nothing is replaced: it would reach AWS as it is, and match nothing there. */
export function nothingIsReplaced(what: string, text: string, span: Span): readonly Diagnostic[] {
  const [match] = placeholder.exec(text) ?? [];
  return match === undefined ? [] : [report(placeholderNotReplaced, span, { placeholder: match, what })];
}

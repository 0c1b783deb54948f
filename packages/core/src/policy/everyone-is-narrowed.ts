import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { anyoneWithoutCondition, anyoneWithReason } from '../diagnostics/policy.ts';
import type { Span } from '../source/span.ts';

/**
 * An Allow for everyone without a condition is an error (KW3027), or a warning (KW3070) if the YAML gives a reason, as it can for an
 * existing key. `name`: everyone's name in the YAML.
 */
export function everyoneIsNarrowed(name: string, because: string | undefined, span: Span): Diagnostic {
  return because === undefined
    ? report(anyoneWithoutCondition, span, { name })
    : report(anyoneWithReason, span, { name, because });
}

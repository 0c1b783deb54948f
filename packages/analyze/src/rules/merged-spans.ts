import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { Span } from '@keywright/core/source/span';
import type { Picture } from '../picture.ts';

/**
 * Returns a function that adds to a finding about a merged statement the spans of the other statements merged into it, since any of them
 * may be the cause. A rule reports the first span. Findings are matched by the exact span, because several statements may share a line.
 */
export function createMergedSpans(picture: Picture): (diagnostic: Diagnostic) => Diagnostic {
  const others = new Map<Span, readonly Origin[]>();
  const add = ({ span, also }: Provenance) => {
    if (also !== undefined) others.set(span, also);
  };
  for (const { policy = [], identity, source } of picture.keys) {
    for (const statement of [...policy, ...[...identity.values()].flat()]) add(statement.ref.source);
    // The default key policy has the span of its key, so a finding at this span is about the key.
    if (source !== undefined) others.delete(source.span);
  }
  for (const patterns of [picture.identityPatterns, picture.identityByAlias]) {
    for (const statement of [...patterns.values()].flat()) add(statement.ref.source);
  }
  return (diagnostic) => withSpans(diagnostic, (diagnostic.span && others.get(diagnostic.span)) ?? []);
}

/** Adds the other spans of a merged statement to a finding about the statement. */
export function withSpans(diagnostic: Diagnostic, also: readonly Origin[]): Diagnostic {
  const { related } = diagnostic;
  const more = also.filter((origin) => !related.some((one) => one.span === origin.span));
  if (more.length === 0) return diagnostic;
  const spans = more.map((origin) => ({ message: 'this is part of the same statement', span: origin.span }));
  return { ...diagnostic, related: [...related, ...spans] };
}

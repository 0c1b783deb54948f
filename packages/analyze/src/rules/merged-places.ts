import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { Span } from '@keywright/core/source/span';
import type { Picture } from '../picture.ts';

/**
 * Lets what is found about a statement point at all places that it comes from: what was merged into it may be what is meant. A rule
 * reports the first place; that one is told from another on the same line by being the very span of the statement.
 */
export function createMergedPlaces(picture: Picture): (diagnostic: Diagnostic) => Diagnostic {
  const others = new Map<Span, readonly Origin[]>();
  const add = ({ span, also }: Provenance) => {
    if (also !== undefined) others.set(span, also);
  };
  for (const { policy = [], identity, source } of picture.keys) {
    for (const statement of [...policy, ...[...identity.values()].flat()]) add(statement.ref.source);
    // The default key policy stands where the key does, and what is found there is about the key.
    if (source !== undefined) others.delete(source.span);
  }
  for (const patterns of [picture.identityPatterns, picture.identityByAlias]) {
    for (const statement of [...patterns.values()].flat()) add(statement.ref.source);
  }
  return (diagnostic) => {
    const { span, related } = diagnostic;
    const also = (span && others.get(span)) ?? [];
    const more = also.filter((origin) => !related.some((known) => known.span === origin.span));
    if (more.length === 0) return diagnostic;
    const places = more.map((origin) => ({ message: 'this is part of the same statement', span: origin.span }));
    return { ...diagnostic, related: [...related, ...places] };
  };
}

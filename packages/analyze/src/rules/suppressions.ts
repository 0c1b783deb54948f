import { groupBy } from '@keywright/core/collections/group-by';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { suppressionMatchesNothing } from '@keywright/core/diagnostics/policy';
import type { Review, Suppression } from '@keywright/core/review/review';
import type { Span } from '@keywright/core/source/span';
import type { PictureKey } from '../picture.ts';

export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly key: PictureKey['id'] | undefined;
}

/**
 * Removes suppressed findings: a key suppresses findings about the key, an import suppresses findings that come from the import. Reports
 * suppressions that match nothing. For a stack in several environments, one match is enough. A standard's suppression applies to all keys
 * that build on the standard. Suppressions of rules that are off are never reported.
 */
export function applySuppressions(
  findings: readonly Finding[],
  { suppressions, severities }: Review,
): readonly Diagnostic[] {
  const byRule = groupBy(suppressions, ({ rule }) => rule);
  const used = new Set<string>();
  const remaining = findings.filter((finding) => {
    const matching = (byRule.get(finding.diagnostic.code) ?? []).filter((one) => isAbout(one, finding));
    for (const { span } of matching) used.add(JSON.stringify(span));
    return matching.length === 0;
  });
  const unused = suppressions.filter(
    ({ rule, through, span }) =>
      through === undefined && severities.get(rule)?.severity !== 'off' && !used.has(JSON.stringify(span)),
  );
  return [
    ...remaining.map(({ diagnostic }) => diagnostic),
    ...unused.map(({ rule, span }) => report(suppressionMatchesNothing, span, { rule })),
  ];
}

function isAbout({ of }: Suppression, { key, diagnostic }: Finding): boolean {
  if (of.kind === 'key') return key === `${of.stack}/${of.resource}`;
  return diagnostic.span !== undefined && isWithin(diagnostic.span, of.span);
}

function isWithin(inner: Span, outer: Span): boolean {
  if (inner.file !== outer.file) return false;
  const startsIn = inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  return (
    startsIn &&
    (inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn))
  );
}
